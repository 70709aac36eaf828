using System.Globalization;
using ImageMagick;

namespace ClassHub.Media.Renditions;

/// <summary>What happens in the caged child: one picture is opened and written in the sizes of <see cref="Pictures"/>, upright, in the colours of screens, without anything else that was in it. Its words are kind, width, height and name of each file it made.</summary>
public static class ReadPicture
{
    /// <summary>The first word with which our own program becomes this child.</summary>
    public const string Command = "read-picture";
    /// <summary>Exit codes: nothing can be read, it has more pixels than anybody needs, or it is longer than a picture can be.</summary>
    internal const int Unreadable = 3, TooLarge = 4, TooLong = 5;
    internal const long MostPixels = 100_000_000;
    /// <summary>What a JPEG can hold, in pixels; a WebP holds less.</summary>
    internal const uint LongestSide = 65_500;
    private const uint LongestWebP = 16_383;
    /// <summary>Said when a scan has further pages.</summary>
    internal const string HasMore = "more";
    private const uint WebPQuality = 75, JpegQuality = 80;

    /// <param name="args">The picture, its type as found in its first bytes, and a folder for what is made.</param>
    public static int Run(string[] args)
    {
        if (args is not [var path, var type, var folder]) return Unreadable;
        (ResourceLimits.Memory, ResourceLimits.Area, ResourceLimits.Disk, ResourceLimits.Thread) = (1UL << 30, MostPixels, 0, 1);
        try
        {
            using var file = File.OpenRead(path);
            // By what it is, never by what it says or is called: a picture that claims to be a script stays a picture that cannot be read.
            var settings = new MagickReadSettings { Format = FormatOf(type) };
            var header = new MagickImageInfo(file, settings);
            if ((long)header.Width * header.Height > MostPixels) return TooLarge;
            if (header.Width > LongestSide || header.Height > LongestSide) return TooLong;
            file.Position = 0;
            // A photo of many megapixels is opened no larger than needed; a small one would be blown up.
            if (settings.Format == MagickFormat.Jpeg && Math.Min(header.Width, header.Height) > 2 * Pictures.Widths[0]) settings.SetDefine(MagickFormat.Jpeg, "size", $"{2 * Pictures.Widths[0]}x{2 * Pictures.Widths[0]}");
            using var picture = new MagickImage(file, settings);
            Write(picture, folder);
            if (settings.Format == MagickFormat.Tiff && MagickImageInfo.ReadCollection(path, settings).Skip(1).Any()) Console.WriteLine(HasMore);
            return 0;
        }
        catch (MagickException) { return Unreadable; }
    }

    private static void Write(MagickImage picture, string folder)
    {
        picture.AutoOrient();
        if (picture.HasProfile("icc")) picture.TransformColorSpace(ColorProfiles.SRGB);
        else if (picture.ColorSpace != ColorSpace.Gray) picture.ColorSpace = ColorSpace.sRGB;
        picture.Strip();
        picture.Depth = 8;
        foreach (var width in Pictures.WidthsFor(picture.Width))
        {
            if (picture.Width > width) picture.Resize(width, 0);
            if (Math.Max(picture.Width, picture.Height) <= LongestWebP) Save(picture, "image/webp", MagickFormat.WebP, WebPQuality, folder);
            using var opaque = picture.Clone();
            if (opaque.HasAlpha) { opaque.BackgroundColor = MagickColors.White; opaque.Alpha(AlphaAction.Remove); }
            Save(opaque, "image/jpeg", MagickFormat.Pjpeg, JpegQuality, folder);
        }
    }

    private static void Save(IMagickImage<byte> picture, string type, MagickFormat format, uint quality, string folder)
    {
        var name = $"{picture.Width.ToString(CultureInfo.InvariantCulture)}-{format}";
        picture.Quality = quality;
        picture.Write(Path.Combine(folder, name), format);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{type} {picture.Width} {picture.Height} {name}"));
    }

    private static MagickFormat FormatOf(string type) => type switch
    {
        "image/jpeg" => MagickFormat.Jpeg,
        "image/png" => MagickFormat.Png,
        "image/gif" => MagickFormat.Gif,
        "image/webp" => MagickFormat.WebP,
        "image/heic" => MagickFormat.Heic,
        "image/avif" => MagickFormat.Avif,
        "image/bmp" => MagickFormat.Bmp,
        "image/tiff" => MagickFormat.Tiff,
        _ => MagickFormat.Unknown,
    };
}
