using System.Runtime.Versioning;
using ClassHub.Media;
using ClassHub.Media.Renditions;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ClassHub.Web.Tests.Media;

/// <summary>The programs that make smaller versions may be missing, break, hang or be busy: what came plays all the same.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class ProgramsTests(MediaSchool school) : IClassFixture<MediaSchool>
{
    [Fact]
    public async Task Without_ffmpeg_the_page_says_that_there_is_no_small_version_and_the_office_learns_what_is_missing()
    {
        await using var bare = new MediaSchool { Programs = "/nowhere" };
        await bare.InitializeAsync();
        var (voice, _) = await bare.PreparedAsync(Studio.Voice(), "voice.wav");
        var (photo, seen) = await bare.PreparedAsync(Studio.Photo(1200, 800), "photo.jpg");
        var (sheet, _) = await bare.PreparedAsync([.. "%PDF-1.7\n"u8, .. new byte[500]], "sheet.pdf");

        var page = await bare.PageAsync(voice);
        Assert.Contains("Small version not available.", page, StringComparison.Ordinal);
        Assert.Contains($"src=\"/files/{voice.Key}\"", page, StringComparison.Ordinal);
        Assert.NotEmpty(seen.WebPs);
        Assert.DoesNotContain("Look at", await bare.PageAsync(sheet), StringComparison.Ordinal);
        using var office = await bare.Site.SignedInAsync("Hart");
        var numbers = (await office.GetAsync("/admin")).Main;
        Assert.Contains("ffmpeg", numbers, StringComparison.Ordinal);
        Assert.Contains("poppler-utils", numbers, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_ffmpeg_the_recording_plays_as_it_came_and_is_made_smaller_when_ffmpeg_comes()
    {
        var voice = Studio.Voice();
        var file = await school.PostAsync(voice, "voice.wav");

        await school.PrepareAsync(programs: "/nowhere");

        var none = await school.RungsAsync(file);
        Assert.Equal((false, 0), (none.IsPrepared, none.All.Count));
        Assert.Equal(Studio.Freed(voice), await school.BytesAsync("/files/" + file.Key));
        Assert.Contains(Sizes.InWords(voice.Length), await school.PageAsync(file), StringComparison.Ordinal);

        await school.PrepareAsync();

        Assert.Equal(2, (await school.RungsAsync(file)).Listen.Count());
    }

    /// <summary>Programs that break in every way; the last word of the command is the file to write.</summary>
    [Theory]
    [InlineData("exit 139")]
    [InlineData("kill -9 $$")]
    [InlineData("sleep 60")]
    [InlineData("for last; do :; done; exec dd if=/dev/zero of=\"$last\" bs=1M count=10000")]
    [InlineData("yes | head -c 300000000; exit 1")]
    public async Task A_program_that_breaks_hangs_or_writes_without_end_costs_nothing_but_the_smaller_version(string does)
    {
        var programs = Directory.CreateTempSubdirectory("classhub-programs-").FullName;
        try
        {
            await File.WriteAllTextAsync(Path.Combine(programs, "ffmpeg"), $"#!/bin/sh\n{does}\n");
            // The reader says all is well, so that the writer is reached.
            await File.WriteAllTextAsync(Path.Combine(programs, "ffprobe"), "#!/bin/sh\necho '{\"streams\":[{\"codec_type\":\"audio\",\"disposition\":{\"attached_pic\":0}}],\"format\":{}}'\n");
            foreach (var program in Directory.EnumerateFiles(programs)) File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            var voice = Studio.Voice();
            var file = await school.PostAsync(voice, "voice.wav");

            await school.PrepareAsync(programs, patience: TimeSpan.FromSeconds(2));

            var rungs = await school.RungsAsync(file);
            Assert.Equal((true, 0), (rungs.IsPrepared, rungs.All.Count));
            Assert.Contains("No smaller version could be made", await school.PageAsync(file), StringComparison.Ordinal);
            Assert.Equal(Studio.Freed(voice), await school.BytesAsync("/files/" + file.Key));
        }
        finally { Directory.Delete(programs, recursive: true); }
    }

    [Fact]
    public async Task A_program_sees_no_network_and_nothing_of_the_servers_environment()
    {
        var programs = Directory.CreateTempSubdirectory("classhub-programs-").FullName;
        var seen = Path.Combine(programs, "seen");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(programs, "ffmpeg"), "#!/bin/sh\nexit 1\n");
            await File.WriteAllTextAsync(Path.Combine(programs, "ffprobe"), $"#!/bin/sh\nenv > {seen}\ncat /proc/net/dev >> {seen}\nulimit -a >> {seen}\necho \"$@\" >> {seen}\nexit 1\n");
            foreach (var program in new[] { "ffmpeg", "ffprobe" }) File.SetUnixFileMode(Path.Combine(programs, program), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            await school.PostAsync(Studio.Voice(), "voice.wav");

            await school.PrepareAsync(programs);

            var said = await File.ReadAllTextAsync(seen);
            Assert.Equal(["HOME", "PATH", "PWD", "TMPDIR"], said.Split('\n').TakeWhile(l => !l.Contains('|', StringComparison.Ordinal)).Where(l => l.Contains('=', StringComparison.Ordinal)).Select(l => l.Split('=')[0]).Where(n => n is not ("OLDPWD" or "SHLVL" or "_")).Order());
            Assert.Contains("-protocol_whitelist file,pipe -f wav", said, StringComparison.Ordinal);
            // Seconds of processor, memory in KB, blocks of one file, files that are open: what the shell says of its limits.
            foreach (var limit in new[] { "time.* 1800$", "v(irtual )?memory.* 2097152$", "(nofiles|open files).* 128$", "core.* 0$" }) Assert.Matches("(?m)" + limit, said);
            Assert.DoesNotMatch(@"(?m)^file.* unlimited$", said);
            if ((await school.Site.Services.GetRequiredService<MediaTools>().LookAsync(CancellationToken.None)).HasNoNetwork)
                Assert.Equal(["lo"], said.Split('\n').Where(l => l.Contains(':', StringComparison.Ordinal) && l.Split(':')[1].Trim().Split(' ', StringSplitOptions.RemoveEmptyEntries).Length == 16).Select(l => l.Split(':')[0].Trim()));
        }
        finally { Directory.Delete(programs, recursive: true); }
    }

    [Fact]
    public async Task What_takes_long_is_not_begun_by_another_server_meanwhile()
    {
        await using var other = new MediaSchool();
        await other.InitializeAsync();
        var programs = Directory.CreateTempSubdirectory("classhub-programs-").FullName;
        try
        {
            await File.WriteAllTextAsync(Path.Combine(programs, "ffmpeg"), "#!/bin/sh\ncd \"$(dirname \"$0\")\"; echo begun >>begun; while [ ! -e go ]; do sleep 0.1; done; exit 1\n");
            await File.WriteAllTextAsync(Path.Combine(programs, "ffprobe"), "#!/bin/sh\necho '{\"streams\":[{\"codec_type\":\"audio\",\"disposition\":{\"attached_pic\":0}}],\"format\":{}}'\n");
            foreach (var program in Directory.EnumerateFiles(programs)) File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            var file = await other.PostAsync(Studio.Voice(), "voice.wav");
            Task<DateTimeOffset?> ClaimedAsync() => other.Site.WithDbAsync(db => db.Files.Where(f => f.Id == file.Id).Select(f => f.PreparingSince).SingleAsync());
            async Task UntilAsync(Func<Task<bool>> holds) { for (var tries = 0; tries < 600 && !await holds(); tries++) await Task.Delay(50); Assert.True(await holds()); }

            var making = other.PrepareAsync(programs);
            await UntilAsync(() => Task.FromResult(File.Exists(Path.Combine(programs, "begun"))));
            // A database that is held meanwhile costs a claim, not the work.
            await using (var holder = new SqliteConnection(await other.Site.WithDbAsync(db => Task.FromResult(db.Database.GetConnectionString()))))
            {
                await holder.OpenAsync();
                await using var held = holder.BeginTransaction(deferred: false);
                other.Site.Clock!.Advance(TimeSpan.FromMinutes(1));
                await Task.Delay(TimeSpan.FromSeconds(12));
                Assert.False(making.IsCompleted);
            }
            for (var minute = 0; minute < 7; minute++)
            {
                other.Site.Clock!.Advance(TimeSpan.FromMinutes(1));
                await UntilAsync(async () => await ClaimedAsync() == other.Site.Clock.GetUtcNow());
            }
            await other.PrepareAsync(programs, turn: new());
            Assert.Single(await File.ReadAllLinesAsync(Path.Combine(programs, "begun")));

            await File.WriteAllTextAsync(Path.Combine(programs, "go"), "");
            await making;
            Assert.True((await other.RungsAsync(file)).IsPrepared);
        }
        finally { Directory.Delete(programs, recursive: true); }
    }
}
