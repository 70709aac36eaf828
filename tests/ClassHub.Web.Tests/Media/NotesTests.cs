using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using ClassHub.Media;

namespace ClassHub.Web.Tests.Media;

/// <summary>A film tells nobody where and when it was made, from the moment it is there, whether or not ffmpeg is.</summary>
public sealed class NotesTests(MediaSchool school) : IClassFixture<MediaSchool>
{
    private static string Sha(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static byte[] Film(string kind) => kind switch
    {
        "mp4" => Studio.Film(),
        "mov" => Studio.Recorded("mov",
            $"-f lavfi -i testsrc2=size=320x180:rate=25 -t 1 -metadata location=+51.5-000.1/ -metadata make={Studio.Secret} -movflags use_metadata_tags",
            "-c:v libx264 -preset ultrafast"),
        "webm" => Studio.FromBrowser(1),
        "mkv" => Studio.Recorded("mkv",
            $"-f lavfi -i testsrc2=size=320x180:rate=25 -f lavfi -i sine -t 1 -metadata title={Studio.Secret} -metadata location={Studio.Secret}",
            "-c:v libx264 -preset ultrafast -c:a aac"),
        "avi" => Studio.Recorded("avi", $"-f lavfi -i testsrc2=size=320x180:rate=25 -t 1 -metadata comment={Studio.Secret}", "-c:v mjpeg"),
        "3gp" => Studio.Recorded("3gp", $"-f lavfi -i testsrc2=size=176x144:rate=15 -t 1 -metadata title={Studio.Secret}", "-c:v h263"),
        "m4a" or "flac" or "mp3" or "wav" => Studio.Voice(1, kind),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    [Theory]
    [InlineData("mp4"), InlineData("mov"), InlineData("webm"), InlineData("mkv"), InlineData("avi"), InlineData("3gp"), InlineData("m4a"), InlineData("flac"),
        InlineData("mp3"), InlineData("wav")]
    public async Task The_teacher_gets_a_film_at_once_without_the_notes_of_the_device(string kind)
    {
        var film = Film(kind);
        Assert.True(Studio.SaysSecret(film));

        var work = await HandedIn.SendAsync(school, film, "film." + kind);

        var sent = await work.TeacherGetsAsync();
        Assert.False(Studio.SaysSecret(sent), "it says where it was made");
        Assert.True(sent.AsSpan().IndexOf("51.5"u8) < 0);
        Assert.Equal(film.Length, sent.Length);
        Assert.Equal(Studio.Seen(film), Studio.Seen(sent));
        // The receipt tells what the school has.
        Assert.Equal(Sha(sent), work.File.Sha256);
        Assert.Contains(Sha(sent), (await work.ReceiptAsync()).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_device_that_sent_a_film_is_told_that_it_is_here_by_the_hash_it_has()
    {
        var (film, taskId) = (Studio.Film(1), await HandedIn.TaskAsync(school));
        using var amira = await school.Site.SignedInAsync("Haddad");
        var facts = JsonDocument.Parse((await amira.GetAsync("/device/me")).Body).RootElement;
        string Base64(string words) => Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes(words));
        var about = $"filename {Base64("film.mp4")},class {Base64($"{school.ClassId}")}";
        var begun = await amira.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/uploads")
        {
            Headers = { { "Tus-Resumable", "1.0.0" }, { "Upload-Length", $"{film.Length}" }, { "Upload-Metadata", about } },
        });
        var piece = new ByteArrayContent(film) { Headers = { ContentType = new MediaTypeHeaderValue("application/offset+octet-stream") } };
        Assert.Equal(HttpStatusCode.NoContent, (await amira.SendAsync(new HttpRequestMessage(HttpMethod.Patch, begun.Location!)
        {
            Content = piece,
            Headers = { { "Tus-Resumable", "1.0.0" }, { "Upload-Offset", "0" } }
        })).Status);

        var answer = await amira.SendAsync(new HttpRequestMessage(HttpMethod.Post, $"/classes/{school.ClassId}/tasks/{taskId}/hand-in")
        {
            Headers = { { "X-Requested-With", "device" } },
            Content = new FormUrlEncodedContent([new("_form", facts.GetProperty("form").GetString()), new("Key", RandomKey.Hex()),
                new("Uploads", begun.Location!.Split('/')[^1])]),
        });

        var said = JsonDocument.Parse(answer.Body).RootElement;
        Assert.Equal([Sha(film)], said.GetProperty("files").EnumerateArray().Select(f => f.GetString()));
        var work = await HandedIn.OfAsync(school, taskId, said.GetProperty("address").GetString()!);
        Assert.NotEqual(Sha(film), work.File.Sha256);
        Assert.False(Studio.SaysSecret(await work.TeacherGetsAsync()));
    }
}
