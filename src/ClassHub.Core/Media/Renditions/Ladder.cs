namespace ClassHub.Media.Renditions;

/// <summary>Decides what of a file is made and what of it is kept.</summary>
internal static class Ladder
{
    /// <param name="ContentType">What the file turned out to be.</param>
    /// <param name="Made">May be empty.</param>
    internal sealed record Attempt(string ContentType, IReadOnlyList<Made> Made)
    {
        public string? Trouble { get; init; }
        public int? Seconds { get; init; }
        /// <summary>Whether every browser shows or plays what is sent in the file's place.</summary>
        public bool OpensEverywhere { get; init; } = FileKind.OpensEverywhere(ContentType);
    }

    public static Task<Attempt> MakeAsync(MediaTools tools, MediaTools.Found found, string path, string type, string folder, CancellationToken stop) =>
        type == "application/pdf" ? PdfPages.MakeAsync(found.PdfToPpm!, path, folder, found.HasNoNetwork, stop)
        : type.StartsWith("image/", StringComparison.Ordinal) ? new Pictures(tools).MakeAsync(path, type, folder, found.HasNoNetwork, stop)
        : new Recordings(found, tools.Patience, path, type, folder).MakeAsync(stop);

    /// <summary>A document or picture with other bytes before its head is one when it can be opened; else nobody knows what it is.</summary>
    public static async Task<Attempt> TryBehindAsync(MediaTools tools, MediaTools.Found found, string path, string name, string folder, CancellationToken stop)
    {
        var unknown = new Attempt(FileKind.Unknown, []);
        var copy = Path.Combine(folder, "behind");
        await using (var file = File.OpenRead(path))
        {
            var head = new byte[2 * FileKind.MostBefore];
            head = head[..await file.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, stop)];
            if (FileKind.Behind(head, name) is not { } behind) return unknown;
            file.Position = behind.At;
            await using (var rest = File.Create(copy)) await file.CopyToAsync(rest, stop);
            // Where the pages of a document lie is counted from the first byte by some programs, and from its head by others; its reader knows both.
            var attempt = await MakeAsync(tools, found, behind.Type == "application/pdf" ? path : copy, behind.Type, folder, stop);
            return attempt.Made.Count > 0 ? attempt : unknown;
        }
    }

    /// <summary>What is no smaller than the file itself helps nobody, unless it is shown in its place: a recording without notes of the device, a picture of
    /// a kind that browsers do not show, and one version that opens everywhere when the file does not.</summary>
    public static IEnumerable<Made> Kept(Attempt attempt, long size)
    {
        var type = attempt.ContentType;
        var kind = FileKind.IsSound(type) ? RenditionKind.Sound : FileKind.IsVideo(type) ? RenditionKind.Video : RenditionKind.Picture;
        var forAll = attempt.OpensEverywhere ? [] : attempt.Made.Where(m => m.Kind == kind && FileKind.OpensEverywhere(m.ContentType)).ToList();
        // Of a film the better one: what is written on a board cannot be read in 240 lines.
        var any = forAll.Exists(m => Length(m) < size) ? null : kind == RenditionKind.Video ? forAll.FirstOrDefault() : forAll.MinBy(Length);
        return attempt.Made.Where(m => m == any || m.Kind == RenditionKind.Page || !FileKind.MayBeShown(type)
            || Length(m) < (m.Kind == RenditionKind.Whole ? 2 * size + Sizes.Mega : size));

        static long Length(Made made) => new FileInfo(made.Path).Length;
    }
}
