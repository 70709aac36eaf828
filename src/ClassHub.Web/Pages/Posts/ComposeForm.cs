using System.Globalization;
using ClassHub.Classes;
using ClassHub.Media;
using ClassHub.Posts;
using ClassHub.School;
using ClassHub.Tasks;
using ClassHub.Web.Ui;
using NodaTime;

namespace ClassHub.Web.Pages.Posts;

/// <summary>A post as it is typed. Everything typed comes back when something is wrong; files that arrived are kept.</summary>
public sealed class ComposeForm
{
    public PostKind Kind { get; set; } = PostKind.Task;
    public string? Title { get; set; }
    public string? Body { get; set; }
    public string? Topic { get; set; }
    public int? Minutes { get; set; }
    /// <summary>One address on each line, with words after it if wanted.</summary>
    public string? Links { get; set; }
    public List<int> Keep { get; set; } = [];
    public List<IFormFile> Files { get; set; } = [];
    public bool ForAll { get; set; } = true;
    public List<int> Groups { get; set; } = [];
    public List<int> Pupils { get; set; } = [];
    public bool TakesText { get; set; } = true;
    public bool TakesFiles { get; set; } = true;
    public decimal? MostPoints { get; set; }
    public GoesOut Goes { get; set; } = GoesOut.AsDraft;
    public string? At { get; set; }
    public string? Due { get; set; }
    public bool TakesLate { get; set; }
    public string? LateUntil { get; set; }
    /// <summary>The deadline and the end of late work as the form showed them first: an end that nobody touched moves with the deadline.</summary>
    public string? DueShown { get; set; }
    public string? LateShown { get; set; }
    public OfflineGrace Grace { get; set; }
    public List<AlsoTo> Also { get; set; } = [];
    public int Version { get; set; }
    /// <summary>The draft that was kept while this was typed.</summary>
    public int? DraftId { get; set; }
    /// <summary>Bytes of the files that were chosen and not sent yet; for the sentence about the size only.</summary>
    public long ChosenBytes { get; set; }
    /// <summary>About how many bytes their smallest versions will have; none when the browser did not say.</summary>
    public long? ChosenSmallest { get; set; }
    /// <summary>Names of those of them that will have no small version.</summary>
    public List<string> ChosenLarge { get; set; } = [];
    /// <summary>How many of them are sounds or videos.</summary>
    public int ChosenPlayed { get; set; }
    public bool WholeSet { get; set; }

    /// <summary>Another class that gets the same, with its own times and groups; empty times are those above, and without a group it is for everyone.</summary>
    public sealed class AlsoTo
    {
        public int ClassId { get; set; }
        public bool Chosen { get; set; }
        public List<int> Groups { get; set; } = [];
        public string? At { get; set; }
        public string? Due { get; set; }
    }

    /// <summary>Goes out on the next school morning, due at 16:00 of the day after, late work for three more days and until a school day: nothing by night.</summary>
    public static ComposeForm Fresh(SchoolClock clock)
    {
        var next = clock.NextSchoolDay(clock.Today);
        var due = clock.NextSchoolDay(next);
        return new ComposeForm()
        {
            At = clock.ForTyping(clock.At(next, clock.Calendar.Morning)),
            Due = clock.ForTyping(clock.At(due, new TimeOnly(16, 0))),
            TakesLate = true,
            LateUntil = clock.ForTyping(clock.At(clock.NextSchoolDay(due.AddDays(2)), new TimeOnly(16, 0))),
        }.AsShown();
    }

    private ComposeForm AsShown()
    {
        (DueShown, LateShown) = (Due, LateUntil);
        return this;
    }

    public static ComposeForm Of(Post post, ClassTask? task, SchoolClock clock) => new ComposeForm()
    {
        Kind = post.Kind,
        Title = post.Title,
        Body = post.Body,
        Topic = post.Topic,
        Minutes = post.EstimatedMinutes,
        Links = string.Join('\n', post.Links.OrderBy(l => l.Place).Select(l => $"{l.Url} {l.Title}")),
        Keep = [.. post.Files.OrderBy(f => f.Place).Select(f => f.FileId)],
        ForAll = post.IsForAll,
        Groups = post.Groups.ConvertAll(g => g.GroupId),
        Pupils = post.Readers.ConvertAll(r => r.PersonId),
        TakesText = task?.Ways.HasFlag(HandInWays.Text) ?? true,
        TakesFiles = task?.Ways.HasFlag(HandInWays.Files) ?? true,
        MostPoints = task?.MostPoints,
        Grace = task?.Grace ?? OfflineGrace.NextMorning,
        At = post.PublishAt is null ? Fresh(clock).At : clock.ForTyping(post.PublishAt),
        Due = clock.ForTyping(task?.DueAt),
        TakesLate = task is null || task.DueAt is null || task.CloseAt != task.DueAt,
        LateUntil = task?.CloseAt != task?.DueAt ? clock.ForTyping(task?.CloseAt) : "",
        Version = post.Version,
    }.AsShown();

    public PostText Text(IEnumerable<StoredFile> arrived) => new(Kind, Title, Body, Topic, Minutes, [.. Keep, .. arrived.Select(f => f.Id)], [.. LinkLines()],
        (TakesText ? HandInWays.Text : 0) | (TakesFiles ? HandInWays.Files : 0), MostPoints)
    {
        Grace = Grace,
    };

    private IEnumerable<(string, string?)> LinkLines()
    {
        foreach (var line in (Links ?? "").ReplaceLineEndings("\n").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var space = line.IndexOf(' ', StringComparison.Ordinal);
            yield return space < 0 ? (line, null) : (line[..space], line[space..].Trim());
        }
    }

    /// <exception cref="RuleBroken">A date that is not one.</exception>
    public PostTarget Target(int classId, SchoolClock clock) => new(classId, ForAll, Groups, Pupils, Dates(At, Due, clock));

    /// <summary>This class first, then the ticked ones; those get the post for everyone, or for the chosen groups.</summary>
    public IReadOnlyList<PostTarget> Targets(int classId, SchoolClock clock) => [Target(classId, clock), .. Others(classId)
        .Select(a => new PostTarget(a.ClassId, a.Groups.Count == 0, a.Groups, [], Dates(OrElse(a.At, At), OrElse(a.Due, Due), clock)))];

    private IEnumerable<AlsoTo> Others(int classId) => Also.Where(a => a.Chosen && a.ClassId != classId);

    /// <summary>What should be known of typed times that do not exist, or come twice, because the clocks change that night.</summary>
    public IEnumerable<string?> Nights(int classId, SchoolClock clock)
    {
        var targets = Targets(classId, clock).Select(t => t.Dates).ToList();
        return targets.Select(d => clock.Night(d.At, isDeadline: false))
            .Concat(targets.SelectMany(d => new[] { d.Due, d.LateUntil }).Select(at => clock.Night(at, isDeadline: true)));
    }

    private PostDates Dates(string? at, string? due, SchoolClock clock) => Kind == PostKind.Task
        ? new(Goes, Goes == GoesOut.Later ? clock.Typed(at, "Form.At") : null, clock.Typed(due, "Form.Due"), TakesLate, TakesLate ? Late(clock.Typed(due, "Form.Due"), clock) : null)
        : new(Goes, Goes == GoesOut.Later ? clock.Typed(at, "Form.At") : null, null, true, null);

    /// <summary>
    /// The end of late work; one that nobody touched moves with the deadline. A class with a deadline of its own takes late work for as long after it.
    /// </summary>
    private LocalDateTime? Late(LocalDateTime? due, SchoolClock clock)
    {
        if (clock.Typed(LateUntil, "Form.LateUntil") is not { } end) return null;
        var isTouched = end != SchoolClock.Read(LateShown);
        if (due is not { } own) return isTouched ? end : null;
        return (isTouched ? clock.Typed(Due, "Form.Due") : SchoolClock.Read(DueShown)) is { } before ? end + Period.Between(before, own, Shift) : end;
    }

    private const PeriodUnits Shift = PeriodUnits.Days | PeriodUnits.AllTimeUnits;

    private static string? OrElse(string? own, string? common) => string.IsNullOrWhiteSpace(own) ? common : own;
}
