using System.Globalization;

namespace ClassHub.Media.Renditions;

/// <summary>Sound and video, made smaller by ffmpeg: one program after the other, each with one thread, so that the school's pages keep a processor.</summary>
internal sealed class Recordings(MediaTools.Found tools, TimeSpan patience, string path, string type, string folder)
{
    private const string NotWhole = "No smaller version could be made: perhaps the recording is not whole.";
    /// <summary>What it makes is smaller than what came, or little larger.</summary>
    private readonly Cage limits = new(patience, TimeSpan.FromMinutes(30), 2L << 30, 2 * new FileInfo(path).Length + 50 * Sizes.Mega, tools.HasNoNetwork);

    /// <summary>Which reader opens it is decided by what it is, not by what the reader would guess.</summary>
    private static string ReaderOf(string type) => type switch
    {
        "video/webm" or "audio/webm" => "matroska",
        "audio/ogg" => "ogg",
        "audio/wav" => "wav",
        "audio/mpeg" => "mp3",
        "audio/flac" => "flac",
        "audio/amr" => "amr",
        "audio/aac" => "aac",
        "audio/aiff" => "aiff",
        "audio/x-caf" => "caf",
        "video/x-msvideo" => "avi",
        "video/mp2t" => "mpegts",
        "video/x-ms-asf" => "asf",
        "video/mpeg" => "mpeg",
        _ => "mov",
    };

    public async Task<Ladder.Attempt> MakeAsync(CancellationToken stop)
    {
        var reading = new ReadRecording(tools, limits, folder);
        if (await reading.FactsAsync(path, ReaderOf(type), stop) is not { } facts || (facts.Film is null && !facts.HasSound))
            return new(type, []) { Trouble = NotWhole };
        var voice = await reading.VoiceAsync(path, ReaderOf(type), facts, stop);
        var made = new List<Made>();
        var whole = await CopyAsync(facts, voice, stop);
        if (whole is not null)
        {
            made.Add(whole);
            // Only after it was copied a recording from a browser says how long it is.
            if (facts.Seconds is null) facts = facts with
            {
                Seconds = (await reading.FactsAsync(whole.Path,
                whole.Path.EndsWith(".mp4", StringComparison.Ordinal) ? "mov" : ReaderOf(type), stop))?.Seconds
            };
        }
        if (facts.Film is { } film) made.AddRange(await PicturesAsync(film, facts.Seconds, voice, stop));
        if (facts.HasSound) made.AddRange(await SoundsAsync(voice, stop));
        var isSmaller = made.Exists(m => m.Kind is RenditionKind.Video or RenditionKind.Sound);
        return new(facts.TypeOf(type), made)
        {
            OpensEverywhere = Playing.Everywhere(whole?.ContentType ?? type, facts.Film, facts.Codec(voice)),
            Seconds = facts.Seconds is { } seconds and > 0 and < 360_000 ? Math.Max(1, (int)Math.Round(seconds)) : null,
            Trouble = !isSmaller ? NotWhole : voice.IsSilent ? "We hear nothing in this recording." : null,
        };
    }

    /// <summary>The same pictures and sound in a new file: without place, time and device, with an index at the front. None where no file that browsers know
    /// can hold them.</summary>
    private async Task<Made?> CopyAsync(Facts facts, Voice voice, CancellationToken stop)
    {
        if (Playing.WriterFor(type, facts.Film, facts.Codec(voice)) is not { } writer) return null;
        string[] front = writer switch { "webm" => ["-cues_to_front", "1"], "mp4" => ["-movflags", "+faststart"], "mp3" => ["-id3v2_version", "0", "-write_id3v1", "0"], _ => [] };
        var streams = new List<string>();
        if (facts.Film is not null) streams.AddRange(["-map", "0:v:0"]);
        if (facts.HasSound) streams.AddRange(["-map", voice.Track]);
        var kind = writer == "mp4" ? facts.Film is null ? "audio/mp4" : "video/mp4" : facts.TypeOf(type);
        // What no browser plays is kept to be saved, not to be played.
        return await RunAsync(RenditionKind.Whole, Playing.Somewhere(kind, facts.Film, facts.Codec(voice)) ? kind : FileKind.Unknown, "whole." + writer, path,
            ReaderOf(type), [.. streams, "-c", "copy", "-fflags", "+bitexact", .. front, "-f", writer], stop);
    }

    private async Task<IEnumerable<Made>> PicturesAsync(Film film, double? length, Voice voice, CancellationToken stop)
    {
        var made = new List<Made?>();
        string[] first = ["-map", "0:v:0", .. voice.Track is "" ? Array.Empty<string>() : ["-map", voice.Track, .. voice.Down]];
        var middle = await VideoAsync(film, 480, "27", "900k", "30", "64k", path, ReaderOf(type), first, stop);
        made.Add(middle);
        // From the smaller one, which is opened in a fraction of the time.
        made.Add(middle is null ? await VideoAsync(film, 240, "30", "250k", "20", "32k", path, ReaderOf(type), first, stop)
            : await VideoAsync(film, 240, "30", "250k", "20", "32k", middle.Path, "mov", ["-ac", "1"], stop));
        var at = Math.Min(1, (length ?? 0) / 2).ToString("0.00", CultureInfo.InvariantCulture);
        made.Add(await RunAsync(RenditionKind.Poster, "image/jpeg", "poster.jpg", middle?.Path ?? path, middle is null ? ReaderOf(type) : "mov",
            ["-ss", at, "-frames:v", "1", "-an", "-vf", "scale='min(640,iw)':-2", "-q:v", "6", "-f", "mjpeg"], stop));
        return made.OfType<Made>();
    }

    /// <param name="lines">Of the shorter side, so that a phone held upright is not made thinner than one held across.</param>
    private Task<Made?> VideoAsync(Film film, int lines, string quality, string most, string frames, string sound, string from, string reader,
        IReadOnlyList<string> streams, CancellationToken stop) =>
        RunAsync(RenditionKind.Video, "video/mp4", $"{lines}.mp4", from, reader,
            [.. streams, "-vf", film.Fitting(lines), "-fpsmax", frames, "-c:v", "libx264", "-preset", "veryfast", "-profile:v", "main", "-pix_fmt", "yuv420p",
                "-crf", quality, "-maxrate", most, "-bufsize", most,
             "-c:a", "aac", "-b:a", sound, "-movflags", "+faststart", "-f", "mp4"], stop, lines);

    private async Task<IEnumerable<Made>> SoundsAsync(Voice voice, CancellationToken stop)
    {
        string[] only = ["-vn", "-map", voice.Track, .. voice.Down];
        return new[]
        {
            await RunAsync(RenditionKind.Sound, "audio/webm", "opus.webm", path, ReaderOf(type),
                [.. only, "-c:a", "libopus", "-b:a", "24k", "-application", "voip", "-cues_to_front", "1", "-f", "webm"], stop),
            await RunAsync(RenditionKind.Sound, "audio/mp4", "aac.m4a", path, ReaderOf(type),
                [.. only, "-c:a", "aac", "-b:a", "48k", "-movflags", "+faststart", "-f", "ipod"], stop),
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
