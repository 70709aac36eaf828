using System.Globalization;

namespace ClassHub.Media.Renditions;

/// <summary>A picture in three widths, each as WebP and as JPEG. Opened in a child of our own program.</summary>
internal sealed class Pictures(MediaTools tools)
{
    /// <summary>In pixels, the widest first.</summary>
    internal static readonly uint[] Widths = [1_920, 960, 480];
    private static readonly Cage Limits = new(TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(1), 6L << 30, 50 * Sizes.Mega, HasNoNetwork: false);

    /// <summary>None is wider than the picture itself.</summary>
    internal static IEnumerable<uint> WidthsFor(uint width) => Widths.Where(w => w < width).Prepend(Math.Min(width, Widths[0])).Distinct();

    private const string HasMorePages = "It has more pages than the first, which is shown here: save it to see the others.";

    public async Task<Ladder.Attempt> MakeAsync(string path, string type, string folder, bool hasNoNetwork, CancellationToken stop)
    {
        // The child's own memory is bounded twice: what it manages, and the pixels it opens.
        var ended = await ChildProcess.RunAsync([.. tools.PictureReader, path, type, folder], folder, Limits with { HasNoNetwork = hasNoNetwork }, stop,
            ("DOTNET_GCHeapHardLimit", "8000000"), ("DOTNET_TieredCompilation", "1"), ("DOTNET_EnableDiagnostics", "0"), ("DOTNET_ROOT", Environment.GetEnvironmentVariable("DOTNET_ROOT") ?? ""));
        var lines = ended.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).ToList();
        var more = lines.RemoveAll(line => line == ReadPicture.HasMore) > 0;
        return ended.ExitCode switch
        {
            0 => new(type, lines.ConvertAll(line => Read(line, folder))) { Trouble = more ? HasMorePages : null },
            ReadPicture.TooLarge =>
                new(type, []) { Trouble = $"It has more than {ReadPicture.MostPixels / 1_000_000} million points, so it is not shown here." },
            ReadPicture.TooLong => new(type, []) { Trouble = $"It is more than {ReadPicture.LongestSide:N0} points long, so it is not shown here." },
            _ => new(type, []) { Trouble = "It cannot be shown: perhaps it did not arrive whole on the device it was taken with." },
        };
    }

    private static Made Read(string line, string folder) => line.Split(' ') is [var type, var width, var height, var name]
        ? new(RenditionKind.Picture, type, Path.Combine(folder, Path.GetFileName(name)), int.Parse(width, CultureInfo.InvariantCulture), int.Parse(height, CultureInfo.InvariantCulture))
        : throw new InvalidDataException("The child that opens pictures said something else than agreed.");
}
