namespace ClassHub.Media.Renditions;

/// <summary>Decides what of a file is made and what of it is kept.</summary>
internal static class Ladder
{
    /// <param name="Made">May be empty.</param>
    internal sealed record Attempt(IReadOnlyList<Made> Made)
    {
        public string? Trouble { get; init; }
        public int? Seconds { get; init; }
    }

    public static Task<Attempt> MakeAsync(MediaTools tools, MediaTools.Found found, string path, string type, string folder, CancellationToken stop) =>
        type == "application/pdf" ? PdfPages.MakeAsync(found.PdfToPpm!, path, folder, found.HasNoNetwork, stop)
        : type.StartsWith("image/", StringComparison.Ordinal) ? new Pictures(tools).MakeAsync(path, type, folder, found.HasNoNetwork, stop)
        : new Recordings(found, tools.Patience, path, type, folder).MakeAsync(stop);

    /// <summary>What is no smaller than the file itself helps nobody, unless it is shown in its place: a recording without notes of the device, a picture of a kind that browsers do not show, and the smallest that opens everywhere when the file does not.</summary>
    public static IEnumerable<Made> Kept(IReadOnlyList<Made> made, string type, long size)
    {
        var kind = FileKind.IsSound(type) ? RenditionKind.Sound : FileKind.IsVideo(type) ? RenditionKind.Video : RenditionKind.Picture;
        var forAll = FileKind.OpensEverywhere(type) ? null : made.Where(m => m.Kind == kind && FileKind.OpensEverywhere(m.ContentType)).MinBy(Length);
        return made.Where(m => m == forAll || m.Kind == RenditionKind.Page || !FileKind.MayBeShown(type) || Length(m) < (m.Kind == RenditionKind.Whole ? 2 * size + Sizes.Mega : size));

        static long Length(Made made) => new FileInfo(made.Path).Length;
    }
}
