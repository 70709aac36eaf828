using ClassHub.Database;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Media;

/// <summary>One version of a file that can be sent.</summary>
public sealed record Rung(RenditionKind Kind, string Key, string ContentType, long Size, int Width, int Height, int Number);

/// <summary>The versions of one file, from which a page offers what fits the line.</summary>
/// <param name="All">By page, the largest first.</param>
/// <param name="Seconds">How long a recording plays.</param>
public sealed record Rungs(string ContentType, long Size, bool IsPrepared, string? Trouble, int? Seconds, IReadOnlyList<Rung> All)
{
    /// <summary>Below this a version counts as one for the weakest line, in bytes.</summary>
    public const long Small = 300_000;

    /// <summary>How many bytes its words are, when somebody wrote them.</summary>
    public int? Words { get; init; }

    public IEnumerable<Rung> Of(RenditionKind kind) => All.Where(r => r.Kind == kind);
    public Rung? Whole => Of(RenditionKind.Whole).FirstOrDefault();
    /// <summary>The whole recording where browsers play it; what none of them plays is only there to be saved.</summary>
    public Rung? Played => Whole is { ContentType: not FileKind.Unknown } whole ? whole : null;
    public Rung? Poster => Of(RenditionKind.Poster).FirstOrDefault();
    /// <summary>Videos, the best first.</summary>
    public IEnumerable<Rung> Watch => Of(RenditionKind.Video);
    /// <summary>Sound alone, the smallest first; a browser takes the first it can play.</summary>
    public IEnumerable<Rung> Listen => Of(RenditionKind.Sound).OrderBy(r => r.Size);
    /// <summary>Every browser shows these.</summary>
    public IEnumerable<Rung> Jpegs => Of(RenditionKind.Picture).Where(r => r.ContentType == "image/jpeg").OrderByDescending(r => r.Width);
    public IEnumerable<Rung> WebPs => Of(RenditionKind.Picture).Where(r => r.ContentType == "image/webp").OrderByDescending(r => r.Width);

    /// <summary>The smallest from which the same can be learned, for a device that keeps it: the small film, else the smallest sound, else the small picture; nothing when only the file itself will do.</summary>
    public IReadOnlyList<Rung> ToKeep() => (Watch.LastOrDefault() ?? Listen.Append(Played).OfType<Rung>().MinBy(r => r.Size) ?? WebPs.LastOrDefault()
        ?? Jpegs.LastOrDefault()) is { } smallest ? [smallest] : [];

    /// <summary>What one pays who takes it as it is offered first, in bytes.</summary>
    public long Full => (Watch.FirstOrDefault() ?? Of(RenditionKind.Picture).MaxBy(r => r.Width))?.Size ?? Played?.Size ?? Listen.LastOrDefault()?.Size ?? Size;
    /// <summary>What one pays who takes the smallest from which the same can be learned, in bytes.</summary>
    public long Smallest
    {
        get
        {
            var smaller = All.Where(r => r.Kind is not (RenditionKind.Poster or RenditionKind.Page) && r.ContentType != FileKind.Unknown).Select(r => r.Size)
                .DefaultIfEmpty(Size).Min();
            // Where a sentence stands beside its pages they are not all of it.
            var pages = Trouble is null ? Of(RenditionKind.Page).Sum(r => r.Size) : 0;
            return new[] { smaller, Full, pages > 0 ? pages : Size, Words ?? Size }.Min();
        }
    }
}

public static class ReadingRungs
{
    /// <summary>By the file's id, in one statement; none is asked for when there are no files.</summary>
    public static async Task<IReadOnlyDictionary<int, Rungs>> RungsOfAsync(this ClassHubDb db, IReadOnlyCollection<int> fileIds, CancellationToken stop) =>
        fileIds.Count == 0 ? new Dictionary<int, Rungs>() : await db.Files.Where(f => fileIds.Contains(f.Id)).Take(1_000)
            .Select(f => new
            {
                f.Id,
                Rungs = new Rungs(f.ContentType, f.Size, f.PreparedAt != null, f.Trouble, f.Seconds,
                    db.Renditions.Where(r => r.FileId == f.Id).OrderBy(r => r.Number).ThenByDescending(r => r.Size).Select(r => new Rung(r.Kind, r.Key, r.ContentType, r.Size, r.Width, r.Height, r.Number)).ToList())
                {
                    Words = db.Captions.Where(c => c.FileId == f.Id).Select(c => (int?)c.Size).FirstOrDefault(),
                },
            })
            .ToDictionaryAsync(f => f.Id, f => f.Rungs, stop);
}
