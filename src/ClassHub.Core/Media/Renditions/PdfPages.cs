using System.Globalization;

namespace ClassHub.Media.Renditions;

/// <summary>The first pages of a document as pictures.</summary>
internal sealed class PdfPages
{
    private const int Most = 20, Width = 960;
    private static readonly Cage Limits = new(TimeSpan.FromMinutes(3), TimeSpan.FromMinutes(2), 2L << 30, 20 * Sizes.Mega, HasNoNetwork: false);

    public static async Task<Ladder.Attempt> MakeAsync(string pdfToPpm, string path, string folder, bool hasNoNetwork, CancellationToken stop)
    {
        await ChildProcess.RunAsync([pdfToPpm, "-q", "-jpeg", "-jpegopt", "quality=75,optimize=y", "-scale-to-x", Number(Width), "-scale-to-y", "-1", "-l", Number(Most + 1), path, Path.Combine(folder, "page")],
            folder, Limits with { HasNoNetwork = hasNoNetwork }, stop);
        // What was drawn before it stumbled is worth showing; a file without its last bytes is not.
        var pages = Directory.EnumerateFiles(folder, "page-*.jpg").Order(StringComparer.Ordinal).Where(IsWhole)
            .Select(page => new Made(RenditionKind.Page, "image/jpeg", page, Width, 0, int.Parse(Path.GetFileNameWithoutExtension(page).AsSpan(5), CultureInfo.InvariantCulture))).ToList();
        return new([.. pages.Where(p => p.Number <= Most)])
        {
            Trouble = pages.Count == 0 ? "Its pages cannot be drawn here; perhaps it asks for a password."
                : pages.Count > Most ? $"It is longer than the {Most} pages that can be looked at here: open it for the rest." : null,
        };
    }

    private static bool IsWhole(string jpeg)
    {
        using var file = File.OpenRead(jpeg);
        if (file.Length < 4) return false;
        file.Position = file.Length - 2;
        return file.ReadByte() == 0xFF && file.ReadByte() == 0xD9;
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
