using System.Diagnostics;
using ImageMagick;

namespace ClassHub.Web.Tests.Media;

/// <summary>Photos and recordings as families' devices make them, with everything in them that must not get out.</summary>
internal static class Studio
{
    /// <summary>Stands in every note of the camera.</summary>
    public const string Secret = "SECRETCAM";

    /// <summary>Left half red, right half blue, before it is turned.</summary>
    public static byte[] Photo(uint width, uint height, ushort turned = 1, MagickFormat format = MagickFormat.Jpeg, Action<MagickImage>? more = null)
    {
        using var picture = new MagickImage(MagickColors.Red, width, height);
        using var right = new MagickImage(MagickColors.Blue, width / 2, height);
        picture.Composite(right, (int)(width / 2), 0, CompositeOperator.Over);
        var notes = new ExifProfile();
        notes.SetValue(ExifTag.Make, Secret);
        notes.SetValue(ExifTag.Orientation, turned);
        notes.SetValue(ExifTag.GPSLatitudeRef, "N");
        notes.SetValue(ExifTag.GPSLatitude, [new Rational(51), new Rational(30), new Rational(7)]);
        notes.SetValue(ExifTag.GPSAreaInformation, System.Text.Encoding.ASCII.GetBytes(Secret));
        picture.SetProfile(notes);
        picture.SetProfile(new ImageProfile("xmp", System.Text.Encoding.UTF8.GetBytes($"<x:xmpmeta xmlns:x='adobe:ns:meta/'><a>{Secret}</a></x:xmpmeta>")));
        picture.Orientation = (Orientation)turned;
        picture.SetAttribute("comment", Secret);
        more?.Invoke(picture);
        return picture.ToByteArray(format);
    }

    public static bool SaysSecret(byte[] bytes) => bytes.AsSpan().IndexOf(System.Text.Encoding.ASCII.GetBytes(Secret)) >= 0 || bytes.AsSpan().IndexOf("GPS"u8) >= 0;

    /// <summary>A film of a moving pattern and a tone, with the place in its notes.</summary>
    public static byte[] Film(int seconds = 2, string size = "1280x720", string ending = "mp4") => Recorded(ending,
        $"-f lavfi -i testsrc2=size={size}:rate=25 -f lavfi -i sine=frequency=440 -t {seconds} -metadata location=+51.5-000.1/ -metadata comment={Secret} -metadata artist={Secret}", ending == "webm" ? "-c:v libvpx -b:v 2M -c:a libopus" : "-c:v libx264 -preset ultrafast -b:v 6M -pix_fmt yuv420p -c:a aac");

    /// <summary>As the recorder of a browser leaves it: nothing says how long it is, and nothing where to jump.</summary>
    public static byte[] FromBrowser(int seconds = 3) => Recorded("webm", $"-f lavfi -i testsrc2=size=640x360:rate=25 -f lavfi -i sine=frequency=440 -t {seconds} -metadata comment={Secret}", "-c:v libvpx -deadline realtime -b:v 1M -c:a libopus -live 1");

    /// <summary>The same without what the program noted in it, which is free space of equal length as soon as it arrives.</summary>
    public static byte[] Freed(byte[] wav)
    {
        var kept = (byte[])wav.Clone();
        var at = wav.AsSpan().IndexOf("LIST"u8);
        "JUNK"u8.CopyTo(kept.AsSpan(at));
        kept.AsSpan(at + 8, BitConverter.ToInt32(wav, at + 4)).Clear();
        return kept;
    }

    public static byte[] Voice(int seconds = 3, string ending = "wav", string how = "") => Recorded(ending, $"-f lavfi -i sine=frequency=300 -t {seconds} -metadata comment={Secret}", how);

    public static byte[] Recorded(string ending, string from, string how)
    {
        var path = Path.Combine(Path.GetTempPath(), $"{RandomKey.Hex()}.{ending}");
        using var program = Process.Start(new ProcessStartInfo("ffmpeg", $"-nostdin -v error -y {from} {how} {path}") { RedirectStandardError = true })!;
        var errors = program.StandardError.ReadToEnd();
        program.WaitForExit();
        Assert.True(program.ExitCode == 0, errors);
        try { return File.ReadAllBytes(path); }
        finally { File.Delete(path); }
    }

    /// <summary>Its loudest moment when all channels are mixed into one, in decibels.</summary>
    public static double Loudest(byte[] bytes)
    {
        var path = Path.Combine(Path.GetTempPath(), RandomKey.Hex());
        File.WriteAllBytes(path, bytes);
        using var program = Process.Start(new ProcessStartInfo("ffmpeg",
            $"-nostdin -nostats -i {path} -vn -ac 1 -af volumedetect -f null -")
        { RedirectStandardError = true })!;
        var said = program.StandardError.ReadToEnd();
        program.WaitForExit();
        File.Delete(path);
        var level = System.Text.RegularExpressions.Regex.Match(said, "max_volume: (-?[0-9.]+) dB").Groups[1].Value;
        return level == "" ? double.NegativeInfinity : double.Parse(level, System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>What is seen at this second.</summary>
    public static MagickImage Moment(byte[] film, int second)
    {
        var path = Path.Combine(Path.GetTempPath(), RandomKey.Hex());
        File.WriteAllBytes(path, film);
        try { return new(Recorded("png", $"-ss {second.ToString(System.Globalization.CultureInfo.InvariantCulture)} -i {path}", "-frames:v 1")); }
        finally { File.Delete(path); }
    }

    /// <summary>A hash of all that is seen and heard in it, without what stands around it.</summary>
    public static string Seen(byte[] bytes)
    {
        var path = Path.Combine(Path.GetTempPath(), RandomKey.Hex());
        File.WriteAllBytes(path, bytes);
        using var program = Process.Start(new ProcessStartInfo("ffmpeg",
            $"-nostdin -v error -i {path} -map 0 -c copy -f streamhash -")
        { RedirectStandardOutput = true })!;
        var said = program.StandardOutput.ReadToEnd();
        program.WaitForExit();
        File.Delete(path);
        return said;
    }

    /// <summary>What ffprobe says of it: "duration", "codec_name", or whatever is asked.</summary>
    public static string Probe(byte[] bytes, string entries)
    {
        var path = Path.Combine(Path.GetTempPath(), RandomKey.Hex());
        File.WriteAllBytes(path, bytes);
        using var program = Process.Start(new ProcessStartInfo("ffprobe", $"-v error -show_entries {entries} -of default=nw=1:nk=1 {path}") { RedirectStandardOutput = true })!;
        var said = program.StandardOutput.ReadToEnd();
        program.WaitForExit();
        File.Delete(path);
        return said.Trim();
    }
}
