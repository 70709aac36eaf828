using ClassHub.Classes;
using ClassHub.Media;
using ClassHub.People;

namespace ClassHub.Posts;

public enum PostKind { Notice, Material, Task }

/// <summary>What a teacher puts before a class: a notice, a material, or a task (which asks for something back).</summary>
public sealed class Post
{
    public const int LongestTitle = 120, LongestBody = 20_000, LongestTopic = 60, MostMinutes = 600;
    public static readonly TimeSpan InBin = TimeSpan.FromDays(30);

    public int Id { get; private set; }
    public int ClassId { get; private set; }
    public SchoolClass Class { get; private set; } = null!;
    /// <summary>Shared by the posts that went to several classes in one go.</summary>
    public string? SetId { get; private set; }
    /// <summary>Shared by a post and those it was repeated as.</summary>
    public string? SeriesId { get; private set; }
    public PostKind Kind { get; private set; }
    public int AuthorId { get; private set; }
    public Person Author { get; private set; } = null!;
    public string Title { get; private set; } = "";
    /// <summary>As typed; at most <see cref="LongestBody"/> characters.</summary>
    public string Body { get; private set; } = "";
    /// <summary>How <see cref="Body"/> is read.</summary>
    public WritingRules Rules { get; private set; }
    /// <summary>The formulae in <see cref="Body"/> as <see cref="MakeFormulae"/> made them when it was saved; none when there are none.</summary>
    public string? Formulae { get; private set; }
    public string? Topic { get; private set; }
    public int? EstimatedMinutes { get; private set; }
    public bool IsForAll { get; private set; } = true;
    /// <summary>Visible to its readers from this instant; a draft has none.</summary>
    public DateTimeOffset? PublishAt { get; private set; }
    /// <summary>The school time that the teacher typed ("2026-11-25T08:30"), kept so that a change of the zone's rules can be followed.</summary>
    public string? PublishTyped { get; private set; }
    public DateTimeOffset? AnnouncedAt { get; private set; }
    public DateTimeOffset? PinnedAt { get; private set; }
    public DateTimeOffset? BinnedAt { get; private set; }
    public DateTimeOffset CreatedAt { get; private set; }
    public DateTimeOffset EditedAt { get; private set; }
    /// <summary>The words by which it is found, those of the title first; none for a row from before they were kept.</summary>
    public string? Words { get; private set; }
    /// <summary>Counts the edits, so that two teachers cannot overwrite each other unawares.</summary>
    public int Version { get; private set; }
    public List<PostReader> Readers { get; private set; } = [];
    public List<PostGroup> Groups { get; private set; } = [];
    public List<PostFile> Files { get; private set; } = [];
    public List<PostLink> Links { get; private set; } = [];

    private Post() { }

    public Post(int classId, PostKind kind, int authorId, string? setId, DateTimeOffset now) =>
        (ClassId, Kind, AuthorId, SetId, CreatedAt, EditedAt) = (classId, kind, authorId, setId, now, now);

    public bool IsDraft => PublishAt is null;
    public bool IsVisibleAt(DateTimeOffset now) => PublishAt <= now && BinnedAt is null;

    /// <exception cref="RuleBroken">No title, too long, or minutes out of range.</exception>
    public void Write(string? title, string? body, string? topic, int? minutes, DateTimeOffset now,
        WritingRules rules = WritingRules.Second, string? formulae = null)
    {
        var line = PlainText.Words(title, LongestTitle + 1);
        if (line == "") throw new RuleBroken("Give it a title, so that pupils know what it is.", "Title");
        if (line.Length > LongestTitle) throw new RuleBroken($"A title has at most {LongestTitle} characters.", "Title");
        if (body?.Length > LongestBody) throw new RuleBroken($"That is longer than {LongestBody:N0} characters. Attach it as a file instead.", "Body");
        if (minutes is < 1 or > MostMinutes) throw new RuleBroken($"Minutes go from 1 to {MostMinutes}.", "EstimatedMinutes");
        (Title, Body, EstimatedMinutes, EditedAt) = (line, PlainText.Lines(body, LongestBody).TrimEnd(), minutes, now);
        (Rules, Formulae) = (rules, formulae);
        Topic = PlainText.Words(topic, LongestTopic) is { Length: > 0 } named ? named : null;
        KeepWords();
        Version++;
    }

    public void KeepWords() => Words = Fold.Words(Title, Topic, Body);

    /// <summary>The whole class, or only these groups and pupils.</summary>
    /// <exception cref="RuleBroken">Nobody was chosen.</exception>
    public void Address(bool isForAll, IEnumerable<int> groupIds, IEnumerable<int> pupilIds)
    {
        IsForAll = isForAll;
        Groups.Clear();
        Readers.Clear();
        if (isForAll) return;
        Groups.AddRange(groupIds.Distinct().Select(id => new PostGroup(id)));
        Readers.AddRange(pupilIds.Distinct().Select(id => new PostReader(id)));
        if (Groups.Count + Readers.Count == 0) throw new RuleBroken("Choose at least one group or pupil.", "Audience");
    }

    /// <summary>Keeps, adds and drops files so that exactly these remain, in this order.</summary>
    public void Attach(IEnumerable<StoredFile> files, DateTimeOffset now)
    {
        var wanted = files.DistinctBy(f => f.Id).ToList();
        foreach (var gone in Files.Where(f => wanted.All(w => w.Id != f.FileId)).ToList()) Files.Remove(gone);
        for (var place = 0; place < wanted.Count; place++)
        {
            if (Files.FirstOrDefault(f => f.FileId == wanted[place].Id) is { } kept) kept.Place = place;
            else Files.Add(new PostFile(wanted[place], place));
            wanted[place].Claim(now);
        }
    }

    public void Link(IEnumerable<(string Url, string? Title)> links)
    {
        Links.Clear();
        foreach (var (url, title) in links) Links.Add(new PostLink(url, title, Links.Count));
    }

    /// <summary>A draft may still turn into another kind, and go out together with others.</summary>
    /// <exception cref="RuleBroken">It is out, or waits for its moment.</exception>
    public Post Become(PostKind kind, string? setId)
    {
        if (!IsDraft) throw new RuleBroken("Only a draft can become something else.");
        (Kind, SetId) = (kind, setId ?? SetId);
        return this;
    }

    public void Draft() => (PublishAt, PublishTyped) = (null, null);

    /// <summary>Publishing later than before announces again; an edit of something already out does not.</summary>
    public void Publish(DateTimeOffset at, string? typed, DateTimeOffset now)
    {
        if (PublishAt != at && at > now) AnnouncedAt = null;
        (PublishAt, PublishTyped) = (at, typed);
    }

    /// <summary>Only its dates change; whoever is writing it meanwhile is told, as with any other change.</summary>
    public void Reschedule(DateTimeOffset at, string? typed, DateTimeOffset now)
    {
        Publish(at, typed, now);
        Redated(now);
    }

    /// <summary>The dates of its task changed.</summary>
    public void Redated(DateTimeOffset now)
    {
        EditedAt = now;
        Version++;
    }

    public void Pin(DateTimeOffset? at) => PinnedAt = at;
    public void Bin(DateTimeOffset now) => BinnedAt ??= now;
    public void Restore() => BinnedAt = null;
    /// <summary>What was for some becomes a draft: their names mean nothing in the other class, and nobody else was meant.</summary>
    public void MoveTo(int classId)
    {
        ClassId = classId;
        if (!IsForAll)
        {
            Address(true, [], []);
            Draft();
        }
        PinnedAt = null;
    }
}

public sealed class PostReader
{
    public int PostId { get; private set; }
    public int PersonId { get; private set; }
    private PostReader() { }
    public PostReader(int personId) => PersonId = personId;
}

public sealed class PostGroup
{
    public int PostId { get; private set; }
    public int GroupId { get; private set; }
    private PostGroup() { }
    public PostGroup(int groupId) => GroupId = groupId;
}

public sealed class PostFile
{
    public int PostId { get; private set; }
    public int FileId { get; private set; }
    public StoredFile File { get; private set; } = null!;
    public int Place { get; set; }
    private PostFile() { }
    public PostFile(StoredFile file, int place) => (FileId, File, Place) = (file.Id, file, place);
}

public sealed class PostLink
{
    public const int Most = 20;

    public int Id { get; private set; }
    public int PostId { get; private set; }
    public string Url { get; private set; } = "";
    public string Title { get; private set; } = "";
    public int Place { get; private set; }

    private PostLink() { }

    /// <exception cref="RuleBroken">Not an http or https address.</exception>
    public PostLink(string url, string? title, int place)
    {
        url = url.Trim();
        if (!url.Contains("://", StringComparison.Ordinal) && !url.Contains(':')) url = "https://" + url;
        if (url.Length > 1000 || !Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https") || address.UserInfo != "" || !address.Host.Contains('.'))
            throw new RuleBroken($"“{PlainText.Line(url, 60)}” is not a web address. It begins with https://", "Links");
        Url = address.AbsoluteUri;
        Title = PlainText.Words(title, 120) is { Length: > 0 } named ? named : address.Host;
        Place = place;
    }
}
