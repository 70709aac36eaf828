using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ClassHub.Media.Renditions;

/// <summary>The pictures of a film, upright.</summary>
/// <param name="Points">How its points are written down.</param>
internal sealed record Film(string Codec, string Points, int Width, int Height)
{
    /// <summary>A film keeps the shape it begins with: where the device was turned meanwhile, the rest stands between black bars, and nothing is
    /// stretched.</summary>
    public string Fitting(int lines)
    {
        var (wide, high) = (Math.Max(2, Width), Math.Max(2, Height));
        var least = Math.Max(2, Math.Min(lines, Math.Min(wide, high)) / 2 * 2);
        var most = Math.Max(2, 2 * (int)Math.Round(least * (double)Math.Max(wide, high) / Math.Min(wide, high) / 2));
        var (w, h) = wide > high ? (most, least) : (least, most);
        var isSame = string.Create(CultureInfo.InvariantCulture, $"lt(abs(iw*{high}-ih*{wide}),{wide}*8)");
        var width = string.Create(CultureInfo.InvariantCulture, $"if({isSame},{w},max(2,trunc(min({w},{h}*iw/ih)/2)*2))");
        var height = string.Create(CultureInfo.InvariantCulture, $"if({isSame},{h},max(2,trunc(min({h},{w}*ih/iw)/2)*2))");
        return string.Create(CultureInfo.InvariantCulture, $"scale=w='{width}':h='{height}',pad={w}:{h}:-1:-1");
    }
}

/// <param name="Sounds">How each track of sound is written down.</param>
internal sealed record Facts(Film? Film, IReadOnlyList<string> Sounds, double? Seconds)
{
    public bool HasSound => Sounds.Count > 0;
    public string? Codec(Voice voice) => HasSound ? Sounds[voice.Number] : null;

    /// <summary>A sound in the box of a film is a sound.</summary>
    public string TypeOf(string type) => Film is null
        ? type switch { "video/quicktime" => "audio/mp4", _ => type.Replace("video/", "audio/", StringComparison.Ordinal) }
        : type is "audio/mp4" or "audio/webm" ? type.Replace("audio/", "video/", StringComparison.Ordinal) : type;
}

/// <summary>Which track is heard, and how several channels become one.</summary>
/// <param name="Channel">The one that is heard where all together are silence: one of them stands upside down.</param>
internal sealed record Voice(int Number, int? Channel, bool IsSilent, bool IsThere)
{
    public static readonly Voice None = new(0, null, false, false);
    public string Track => IsThere ? "0:a:" + Number.ToString(CultureInfo.InvariantCulture) : "";
    public string[] Down => Channel is { } only ? ["-af", string.Create(CultureInfo.InvariantCulture, $"pan=mono|c0=c{only}")] : ["-ac", "1"];
}

/// <summary>What ffmpeg's programs say of a recording.</summary>
internal sealed partial class ReadRecording(MediaTools.Found tools, Cage limits, string folder)
{
    /// <summary>In decibels under the loudest that can be written: nobody hears this, and a microphone in a quiet room is louder.</summary>
    private const double Silent = -70;
    /// <summary>All channels together are so much quieter than one of them only when they take each other away.</summary>
    private const double TakenAway = 20;
    private const int MostTracks = 8;
    private const string Wanted = "format=duration:stream=codec_type,codec_name,pix_fmt,width,height"
        + ":stream_disposition=attached_pic:stream_side_data=rotation:stream_tags=rotate";

    public async Task<Facts?> FactsAsync(string recording, string reader, CancellationToken stop)
    {
        var ended = await ChildProcess.RunAsync([tools.Ffprobe!, "-v", "error", "-protocol_whitelist", "file,pipe", "-f", reader,
            "-show_entries", Wanted, "-of", "json", recording], folder, limits, stop);
        if (!ended.IsWell) return null;
        try
        {
            using var said = JsonDocument.Parse(ended.Output);
            var streams = said.RootElement.GetProperty("streams").EnumerateArray().ToList();
            // The cover of a song is no video.
            var film = streams.Where(s => Text(s, "codec_type") == "video" && s.GetProperty("disposition").GetProperty("attached_pic").GetInt32() == 0)
                .Select(FilmOf).FirstOrDefault();
            var seconds = said.RootElement.GetProperty("format").TryGetProperty("duration", out var d)
                && double.TryParse(d.GetString(), CultureInfo.InvariantCulture, out var parsed) ? parsed : (double?)null;
            return new(film, [.. streams.Where(s => Text(s, "codec_type") == "audio").Select(s => Text(s, "codec_name"))], seconds);
        }
        catch (Exception odd) when (odd is JsonException or KeyNotFoundException or InvalidOperationException) { return null; }
    }

    private static string Text(JsonElement stream, string name) => stream.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
        ? value.GetString()! : "";
    private static int Number(JsonElement stream, string name) => stream.TryGetProperty(name, out var value) && value.TryGetInt32(out var number) ? number : 0;

    private static Film FilmOf(JsonElement stream)
    {
        var (width, height) = (Number(stream, "width"), Number(stream, "height"));
        var isTurned = Math.Abs(TurnedBy(stream)) % 180 == 90;
        return new(Text(stream, "codec_name"), Text(stream, "pix_fmt"), isTurned ? height : width, isTurned ? width : height);
    }

    private static int TurnedBy(JsonElement stream)
    {
        if (stream.TryGetProperty("side_data_list", out var side) && side.ValueKind == JsonValueKind.Array)
            foreach (var one in side.EnumerateArray()) if (Number(one, "rotation") is not 0 and var turned) return turned;
        return stream.TryGetProperty("tags", out var tags) && int.TryParse(Text(tags, "rotate"), CultureInfo.InvariantCulture, out var tagged) ? tagged : 0;
    }

    /// <summary>The first track in which something is heard; the first of all when nothing is.</summary>
    public async Task<Voice> VoiceAsync(string recording, string reader, Facts facts, CancellationToken stop)
    {
        if (!facts.HasSound) return Voice.None;
        var isSilent = true;
        for (var track = 0; track < Math.Min(facts.Sounds.Count, MostTracks); track++)
        {
            // What cannot be measured is not called silent.
            if (await LoudAsync(recording, reader, track, stop) is not { } loud) isSilent = false;
            else if (loud.Channels.Max() > Silent) return new(track, loud.Together < loud.Channels.Max() - TakenAway
                ? loud.Channels.IndexOf(loud.Channels.Max()) : null, false, true);
        }
        return new(0, null, isSilent, true);
    }

    /// <summary>The loudest moment of each channel, and of all mixed into one.</summary>
    private async Task<(List<double> Channels, double Together)?> LoudAsync(string recording, string reader, int track, CancellationToken stop)
    {
        const string Peak = "astats=measure_perchannel=Peak_level:measure_overall=none";
        var ended = await ChildProcess.RunAsync([tools.Ffmpeg!, "-nostdin", "-nostats", "-hide_banner", "-v", "info", "-threads", "1", "-protocol_whitelist",
            "file,pipe", "-f", reader, "-i", recording,
            "-map", "0:a:" + track.ToString(CultureInfo.InvariantCulture), "-vn", "-dn", "-sn", "-af", $"{Peak},aformat=channel_layouts=mono,{Peak}", "-f",
                "null", "-"], folder, limits, stop);
        if (!ended.IsWell) return null;
        var said = Level().Matches(ended.Errors).Select(m => (Step: m.Groups[1].Value, Level: m.Groups[2].Value == "-inf" ? double.NegativeInfinity
            : double.Parse(m.Groups[2].Value, CultureInfo.InvariantCulture))).ToList();
        var (channels, together) = (said.Where(s => s.Step == "0").Select(s => s.Level).ToList(), said.Where(s => s.Step != "0").Select(s => s.Level).ToList());
        return channels.Count == 0 || together.Count == 0 ? null : (channels, together[0]);
    }

    [GeneratedRegex(@"\[Parsed_astats_([0-9]+) @ [^\]]*\] Peak level dB: (-inf|-?[0-9]+(?:\.[0-9]+)?)", RegexOptions.CultureInvariant, 1_000)]
    private static partial Regex Level();
}
