using ClassHub.Database;
using ClassHub.Media;
using ClassHub.Posts;

namespace ClassHub.Web.Ui;

/// <summary>A file as pages show it.</summary>
public sealed record FileView(int Id, string Key, string Name, string ContentType, long Size)
{
    /// <summary>Filled by <see cref="FileViews.WithRungsAsync"/>.</summary>
    public Rungs Rungs { get; set; } = new(ContentType, Size, false, null, null, []);

    /// <summary>Who recorded or sent it, as pupils call them; none where that goes without saying.</summary>
    public string? By { get; init; }
    /// <summary>In words, for people: "Mr Okafor explains, 48 s".</summary>
    public string Called => FileName.InWords(Name, ContentType, By) + (Rungs.Seconds is { } seconds ? ", " + Times.HowLong(seconds) : "");

    /// <summary>Something of it can be shown as a picture now. What turned out to be broken or far too large is a download with a sentence.</summary>
    public bool IsPicture => Rungs.Jpegs.Any() || (FileKind.IsPicture(ContentType) && Rungs.Trouble is null);
}

/// <summary>One file in its place on a page.</summary>
/// <param name="Folder">The beginning of its address; its key, or that of one of its versions, is the end.</param>
/// <param name="SavesData">See <see cref="Access.DataSaver"/>.</param>
public sealed record ShownFile(FileView File, string Folder, bool SavesData)
{
    public Rungs Rungs => File.Rungs;
    /// <summary>A picture of it that costs little; none before one was made.</summary>
    public string? Thumb => Rungs.Jpegs.LastOrDefault() is { } small ? AddressOf(small) : File.IsPicture && File.Size < SmallPicture ? Address : null;
    private const long SmallPicture = 60 * Sizes.Kilo;
    public string Address => Folder + File.Key;
    public string AddressOf(Rung rung) => Folder + rung.Key;

    /// <summary>"key 480w, key 960w": the browser takes what fits, and the smallest alone when data is saved.</summary>
    public string Set(IEnumerable<Rung> pictures) => string.Join(", ", (SavesData ? pictures.TakeLast(1) : pictures).Select(p => $"{AddressOf(p)} {p.Width}w"));

    /// <summary>How a text shows it: no larger than a phone needs, and as every browser reads it.</summary>
    public TextPicture InText => (SavesData ? Rungs.Jpegs.LastOrDefault() : Rungs.Jpegs.ElementAtOrDefault(Rungs.Jpegs.Count() / 2)) is { } middle
        ? new(File.Name, AddressOf(middle), middle.Width, middle.Height) : new(File.Name, Address);

    /// <summary>What goes in place of the recording: its copy without notes, or the best that was made and that browsers play; none while it goes as it
    /// came.</summary>
    private Rung? Instead => Rungs.Played ?? Rungs.Watch.FirstOrDefault() ?? Rungs.Listen.LastOrDefault();
    public string WholeAddress => Instead is { } other ? AddressOf(other) : Address;
    public string WholeType => Instead?.ContentType ?? File.ContentType;
    public long WholeSize => Instead?.Size ?? File.Size;
    /// <summary>The sound that is worth choosing beside the whole; none when the whole is the smallest.</summary>
    public Rung? SmallSound => Rungs.Listen.FirstOrDefault(r => FileKind.IsVideo(File.ContentType) || r.Size < WholeSize);
    /// <summary>For a browser that does not play the others.</summary>
    public Rung? SafeSound => Rungs.Listen.FirstOrDefault(r => FileKind.OpensEverywhere(r.ContentType));
    /// <summary>What is heard first: the cheapest that does the job, and for a browser that does not play it the one that all play. None while there is only
    /// what came.</summary>
    public IReadOnlyList<Rung> Sounds => (SmallSound ?? Instead) is not { } first ? [] : FileKind.OpensEverywhere(first.ContentType)
        || SafeSound is not { } safe || safe == first ? [first] : [first, safe];

    /// <summary>What browsers record in these is Opus; one that does not know it takes the next.</summary>
    public string PlaysAs(Rung sound) => sound.ContentType is "audio/webm" or "audio/ogg" && sound.Kind == RenditionKind.Sound
        ? sound.ContentType + "; codecs=opus" : sound.ContentType;

    /// <summary>Ways to watch, the cheapest first; it is offered first.</summary>
    public IReadOnlyList<Rung> Watch => [.. Rungs.Watch.Reverse()];
    public Rung? Video => Watch.FirstOrDefault() ?? Rungs.Played;
    /// <summary>What the picture costs as it is offered first, in bytes.</summary>
    public long PictureBytes => ((SavesData ? Rungs.WebPs.LastOrDefault() : Rungs.WebPs.FirstOrDefault()) ?? (SavesData ? Rungs.Jpegs.LastOrDefault() : Rungs.Jpegs.FirstOrDefault()))?.Size ?? File.Size;
}

public static class FileViews
{
    /// <summary>Adds to each file what there is of it, in one statement.</summary>
    public static async Task WithRungsAsync(this ClassHubDb db, CancellationToken stop, params IEnumerable<FileView>[] lists)
    {
        var files = lists.SelectMany(f => f).ToList();
        var rungs = await db.RungsOfAsync([.. files.Select(f => f.Id).Distinct()], stop);
        foreach (var file in files) if (rungs.TryGetValue(file.Id, out var its)) file.Rungs = its;
    }
}
