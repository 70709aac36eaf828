namespace ClassHub.Media.Renditions;

/// <summary>What browsers play: decided by how pictures and sound are written down (the codec), not by the box they come in. A telephone's voice in an MP4 is
/// silence in all of them.</summary>
internal static class Playing
{
    /// <summary>In every browser of 2019 and later.</summary>
    public static bool Everywhere(string type, Film? film, string? sound) => type switch
    {
        "video/mp4" => film is { Codec: "h264", Points: "yuv420p" or "yuvj420p" } && sound is null or "aac" or "mp3",
        "audio/mp4" => sound is "aac" or "mp3",
        "audio/mpeg" => sound is "mp3",
        "audio/wav" => sound is "pcm_s16le" or "pcm_u8",
        _ => false,
    };

    /// <summary>In some of them; a page offers another version where it does not.</summary>
    public static bool Somewhere(string type, Film? film, string? sound) => Everywhere(type, film, sound) || type switch
    {
        "video/webm" => film is { Codec: "vp8" or "vp9", Points: "yuv420p" } && sound is null or "opus" or "vorbis",
        "audio/webm" or "audio/ogg" => sound is "opus" or "vorbis" || (type == "audio/ogg" && sound == "flac"),
        "audio/flac" => sound is "flac",
        "audio/wav" => sound is "pcm_s24le" or "pcm_f32le",
        _ => false,
    };

    /// <summary>Which box a copy goes into; none when browsers know no box for it.</summary>
    public static string? WriterFor(string type, Film? film, string? sound) => type switch
    {
        "video/webm" or "audio/webm" => "webm",
        "audio/ogg" => "ogg",
        "audio/wav" => "wav",
        "audio/mpeg" => "mp3",
        "audio/flac" => "flac",
        "video/mp4" or "audio/mp4" or "video/quicktime" => "mp4",
        _ => Everywhere(film is null ? "audio/mp4" : "video/mp4", film, sound) ? "mp4" : null,
    };
}
