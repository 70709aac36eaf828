using ClassHub.Database;
using ClassHub.Media;

namespace ClassHub.Web.Ui;

/// <summary>A file as pages show it.</summary>
public sealed record FileView(int Id, string Key, string Name, string ContentType, long Size)
{
    /// <summary>Filled by <see cref="FileViews.WithRungsAsync"/>.</summary>
    public Rungs Rungs { get; set; } = new(ContentType, Size, false, null, null, []);

    /// <summary>Something of it can be shown as a picture now.</summary>
    public bool IsPicture => FileKind.IsPicture(ContentType) || Rungs.Jpegs.Any();
}

/// <summary>One file in its place on a page.</summary>
/// <param name="Folder">The beginning of its address; its key, or that of one of its versions, is the end.</param>
/// <param name="SavesData">See <see cref="Access.DataSaver"/>.</param>
public sealed record ShownFile(FileView File, string Folder, bool SavesData)
{
    public Rungs Rungs => File.Rungs;
    /// <summary>The smallest picture of it.</summary>
    public string Thumb => Rungs.Jpegs.LastOrDefault() is { } small ? AddressOf(small) : Address;
    public string Address => Folder + File.Key;
    public string AddressOf(Rung rung) => Folder + rung.Key;

    /// <summary>"key 480w, key 960w": the browser takes what fits, and the smallest alone when data is saved.</summary>
    public string Set(IEnumerable<Rung> pictures) => string.Join(", ", (SavesData ? pictures.TakeLast(1) : pictures).Select(p => $"{AddressOf(p)} {p.Width}w"));

    /// <summary>The video that is offered first.</summary>
    public Rung? Video => SavesData ? Rungs.Watch.LastOrDefault() : Rungs.Watch.FirstOrDefault() ?? Rungs.Whole;
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
