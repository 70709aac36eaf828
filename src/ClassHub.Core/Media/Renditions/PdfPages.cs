using System.Globalization;

namespace ClassHub.Media.Renditions;

/// <summary>The first pages of a document as pictures.</summary>
internal sealed class PdfPages
{
    private const int Most = 20, Width = 960, Longest = 6_000;
    private const string Type = "application/pdf";
    private static readonly Cage Limits = new(TimeSpan.FromMinutes(3), TimeSpan.FromMinutes(2), 2L << 30, 20 * Sizes.Mega, HasNoNetwork: false);

    public static async Task<Ladder.Attempt> MakeAsync(string pdfToPpm, string path, string folder, bool hasNoNetwork, CancellationToken stop)
    {
        var said = await DrawAsync("page", "-scale-to-x", Number(Width), "-scale-to-y", "-1");
        var pages = Drawn("page");
        // A page that is very tall has no picture in this width: such pages are drawn so that their longer side fits.
        if (!said.IsWell || pages.Any(p => !IsWhole(p.Path)))
        {
            await DrawAsync("tall", "-scale-to", Number(Longest));
            pages = [.. pages.Where(p => IsWhole(p.Path)).Concat(Drawn("tall")).DistinctBy(p => p.Number).OrderBy(p => p.Number)];
        }
        // What was drawn before it stumbled is worth showing; a file without its last bytes is not.
        pages = pages.FindAll(p => IsWhole(p.Path));
        return new(Type, pages.FindAll(p => p.Number <= Most))
        {
            Trouble = pages.Count == 0 ? said.Errors.Contains("password", StringComparison.OrdinalIgnoreCase)
                ? "It asks for a password, so its pages cannot be shown here." : "Its pages cannot be drawn here: perhaps it is not whole."
                : pages.Count > Most ? $"It is longer than the {Most} pages that can be looked at here: open it for the rest." : null,
        };

        Task<Ended> DrawAsync(string name, params string[] size) => ChildProcess.RunAsync(
            [pdfToPpm, "-jpeg", "-jpegopt", "quality=75,optimize=y", .. size, "-l", Number(Most + 1), path, Path.Combine(folder, name)], folder,
                Limits with { HasNoNetwork = hasNoNetwork }, stop);

        List<Made> Drawn(string name) => [.. Directory.EnumerateFiles(folder, name + "-*.jpg").Order(StringComparer.Ordinal)
            .Select(page => new Made(RenditionKind.Page, "image/jpeg", page, Width, 0, int.Parse(Path.GetFileNameWithoutExtension(page)
                .AsSpan(name.Length + 1), CultureInfo.InvariantCulture)))];
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
