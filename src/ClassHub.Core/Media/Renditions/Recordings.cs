using System.Globalization;
using System.Text.Json;

namespace ClassHub.Media.Renditions;

/// <summary>Sound and video, made smaller by ffmpeg: one program after the other, each with one thread, so that the school's pages keep a processor.</summary>
internal sealed class Recordings(MediaTools.Found tools, TimeSpan patience, string path, string type, string folder)
{
    /// <summary>What it makes is smaller than what came, or little larger.</summary>
    private readonly Cage limits = new(patience, TimeSpan.FromMinutes(30), 2L << 30, 2 * new FileInfo(path).Length + 50 * Sizes.Mega, tools.HasNoNetwork);

    /// <summary>Which reader opens it is decided by what it is, not by what the reader would guess.</summary>
    private static string ReaderOf(string type) => type switch
    {
        "video/webm" or "audio/webm" => "matroska",
        "audio/ogg" => "ogg",
        "audio/wav" => "wav",
        "audio/mpeg" => "mp3",
        _ => "mov",
    };

    private sealed record Facts(bool HasVideo, bool HasSound, double? Seconds, int Height);

    public async Task<Ladder.Attempt> MakeAsync(CancellationToken stop)
    {
        if (await ReadAsync(path, ReaderOf(type), stop) is not { } facts || !(facts.HasVideo || facts.HasSound)) return new([]) { Trouble = "No smaller version could be made: perhaps the recording is not whole." };
        var made = new List<Made>();
        if (await CopyAsync(facts, stop) is { } whole)
        {
            made.Add(whole);
            // Only after it was copied a recording from a browser says how long it is.
            if (facts.Seconds is null) facts = await ReadAsync(whole.Path, ReaderOf(whole.ContentType), stop) ?? facts;
        }
        if (facts.HasVideo) made.AddRange(await PicturesAsync(facts, stop));
        if (facts.HasSound) made.AddRange(await SoundsAsync(stop));
        var isSmaller = made.Exists(m => m.Kind is RenditionKind.Video or RenditionKind.Sound);
        return new(made) { Seconds = facts.Seconds is { } seconds and > 0 and < 360_000 ? Math.Max(1, (int)Math.Round(seconds)) : null, Trouble = isSmaller ? null : "No smaller version could be made: perhaps the recording is not whole." };
    }

    private async Task<Facts?> ReadAsync(string recording, string reader, CancellationToken stop)
    {
        var ended = await ChildProcess.RunAsync([tools.Ffprobe!, "-v", "error", "-protocol_whitelist", "file,pipe", "-f", reader, "-show_entries", "format=duration:stream=codec_type,height:stream_disposition=attached_pic", "-of", "json", recording],
            folder, limits, stop);
        if (!ended.IsWell) return null;
        try
        {
            using var said = JsonDocument.Parse(ended.Output);
            var streams = said.RootElement.GetProperty("streams").EnumerateArray().ToList();
            // The cover of a song is no video.
            var video = streams.Find(s => IsOf(s, "video") && s.GetProperty("disposition").GetProperty("attached_pic").GetInt32() == 0);
            var seconds = said.RootElement.GetProperty("format").TryGetProperty("duration", out var d) && double.TryParse(d.GetString(), CultureInfo.InvariantCulture, out var parsed) ? parsed : (double?)null;
            return new(video.ValueKind == JsonValueKind.Object, streams.Exists(s => IsOf(s, "audio")), seconds, video.ValueKind == JsonValueKind.Object && video.TryGetProperty("height", out var h) ? h.GetInt32() : 0);
        }
        catch (Exception odd) when (odd is JsonException or KeyNotFoundException or InvalidOperationException) { return null; }
    }

    private static bool IsOf(JsonElement stream, string kind) => stream.TryGetProperty("codec_type", out var type) && type.GetString() == kind;

    /// <summary>The same pictures and sound in a new file: without place, time and device, with an index at the front.</summary>
    private Task<Made?> CopyAsync(Facts facts, CancellationToken stop)
    {
        var (writer, ending, kind) = type switch
        {
            "video/webm" or "audio/webm" => ("webm", "webm", facts.HasVideo ? "video/webm" : "audio/webm"),
            "audio/ogg" => ("ogg", "ogg", type),
            "audio/wav" => ("wav", "wav", type),
            "audio/mpeg" => ("mp3", "mp3", type),
            _ => ("mp4", "mp4", facts.HasVideo ? "video/mp4" : "audio/mp4"),
        };
        string[] front = writer switch { "webm" => ["-cues_to_front", "1"], "mp4" => ["-movflags", "+faststart"], "mp3" => ["-id3v2_version", "0", "-write_id3v1", "0"], _ => [] };
        string[] streams = [.. facts.HasVideo ? ["-map", "0:v:0"] : Array.Empty<string>(), .. facts.HasSound ? ["-map", "0:a:0"] : Array.Empty<string>()];
        return RunAsync(RenditionKind.Whole, kind, "whole." + ending, path, ReaderOf(type), [.. streams, "-c", "copy", "-fflags", "+bitexact", .. front, "-f", writer], stop);
    }

    private async Task<IEnumerable<Made>> PicturesAsync(Facts facts, CancellationToken stop)
    {
        var made = new List<Made?>();
        var middle = await VideoAsync(480, "27", "900k", "30", "64k", path, ReaderOf(type), stop);
        made.Add(middle);
        // From the smaller one, which is opened in a fraction of the time.
        made.Add(middle is null ? await VideoAsync(240, "30", "250k", "20", "32k", path, ReaderOf(type), stop) : await VideoAsync(240, "30", "250k", "20", "32k", middle.Path, "mov", stop));
        var at = Math.Min(1, (facts.Seconds ?? 0) / 2).ToString("0.00", CultureInfo.InvariantCulture);
        made.Add(await RunAsync(RenditionKind.Poster, "image/jpeg", "poster.jpg", middle?.Path ?? path, middle is null ? ReaderOf(type) : "mov",
            ["-ss", at, "-frames:v", "1", "-an", "-vf", "scale='min(640,iw)':-2", "-q:v", "6", "-f", "mjpeg"], stop));
        return made.OfType<Made>();
    }

    /// <param name="lines">Of the shorter side, so that a phone held upright is not made thinner than one held across.</param>
    private Task<Made?> VideoAsync(int lines, string quality, string most, string frames, string sound, string from, string reader, CancellationToken stop) =>
        RunAsync(RenditionKind.Video, "video/mp4", $"{lines}.mp4", from, reader,
            ["-vf", $"scale=w='if(gt(iw,ih),-2,trunc(min({lines},iw)/2)*2)':h='if(gt(iw,ih),trunc(min({lines},ih)/2)*2,-2)'", "-fpsmax", frames, "-c:v", "libx264", "-preset", "veryfast", "-profile:v", "main", "-pix_fmt", "yuv420p", "-crf", quality, "-maxrate", most, "-bufsize", most,
             "-c:a", "aac", "-b:a", sound, "-ac", "1", "-movflags", "+faststart", "-f", "mp4"], stop, lines);

    private async Task<IEnumerable<Made>> SoundsAsync(CancellationToken stop)
    {
        string[] voice = ["-vn", "-map", "0:a:0", "-ac", "1"];
        return new[]
        {
            await RunAsync(RenditionKind.Sound, "audio/webm", "opus.webm", path, ReaderOf(type), [.. voice, "-c:a", "libopus", "-b:a", "24k", "-application", "voip", "-cues_to_front", "1", "-f", "webm"], stop),
            await RunAsync(RenditionKind.Sound, "audio/mp4", "aac.m4a", path, ReaderOf(type), [.. voice, "-c:a", "aac", "-b:a", "48k", "-movflags", "+faststart", "-f", "ipod"], stop),
        }.OfType<Made>();
    }

    private async Task<Made?> RunAsync(RenditionKind kind, string contentType, string name, string from, string reader, IReadOnlyList<string> how, CancellationToken stop, int lines = 0)
    {
        var to = Path.Combine(folder, name);
        var ended = await ChildProcess.RunAsync([tools.Ffmpeg!, "-nostdin", "-v", "error", "-threads", "1", "-protocol_whitelist", "file,pipe", "-f", reader, "-i", from, "-map_metadata", "-1", "-map_metadata:s", "-1", "-map_chapters", "-1", "-dn", "-sn", "-threads", "1", .. how, "-y", to],
            folder, limits, stop);
        return ended.IsWell && new FileInfo(to) is { Exists: true, Length: > 0 } ? new(kind, contentType, to, 0, lines) : null;
    }
}
