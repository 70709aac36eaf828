using ClassHub.Marking;
using ClassHub.Posts;
using ClassHub.Tasks;

namespace ClassHub.Demo;

/// <summary>One post of the demo and, when it is a task, what each pupil does with it and when it is marked.</summary>
internal sealed class DemoTask(DemoPost post, DemoClass members, int author, Random dice, DemoVerbs verbs, DemoWeeks weeks)
{
    /// <summary>Known once the post is written.</summary>
    public int Id { get; private set; }
    private DemoDays days = null!;
    private DateTimeOffset visible, now;
    private DateTimeOffset? due;
    private CancellationToken stop;

    public async Task WriteAsync(PostTarget target, CancellationToken stop) => Id = await verbs.ComposeAsync(author, post, target, stop);

    public void Plan(DemoDays days, DateTimeOffset visible, DateTimeOffset now, CancellationToken stop)
    {
        (this.days, this.visible, this.now, this.stop) = (days, visible, now - TimeSpan.FromMinutes(30), stop);
        due = post.Fact("due") is { } words ? days.Deadline(words) : null;
        foreach (var story in post.Stories) Tell(members.ByUserName[story.UserName], story);
        if (post.Answers.Count > 0) PlanOthers();
    }

    /// <summary>Everybody without a story of their own: most hand in, and all but the newest are given back.</summary>
    private void PlanOthers()
    {
        var named = post.Stories.Select(s => members.ByUserName[s.UserName]).ToHashSet();
        var asked = post.Words("for") is { Length: > 0 } groups ? groups.SelectMany(g => members.InGroup[members.Groups[g]]) : members.Pupils;
        var others = asked.Where(id => !named.Contains(id)).OrderBy(_ => dice.Next()).ToList();
        var done = new List<(int Pupil, DateTimeOffset At)>();
        foreach (var pupil in others.Take(post.Number("handed") ?? others.Count * 9 / 10))
            if (InTime() is { } at) done.Add((pupil, at));

        var waiting = post.Number("waiting") ?? 0;
        foreach (var (place, (pupil, at)) in done.OrderBy(d => d.At).Index())
        {
            var answer = post.Answers[place % post.Answers.Count];
            HandIn(pupil, at, answer);
            if (place < done.Count - waiting) GiveBack(pupil, at, answer);
        }
    }

    private DateTimeOffset? InTime() => days.Between(dice, visible.AddMinutes(40), due < now ? due.Value : now);

    /// <summary>A story that time has not room for yet is simply not told.</summary>
    private void Tell(int pupil, DemoStory story)
    {
        var answer = story.Answer ?? (post.Answers.Count > 0 ? post.Answers[dice.Next(post.Answers.Count)] : new DemoAnswer("", [], null, null));
        var at = (story.Kind == "late" ? days.Between(dice, due!.Value.AddMinutes(20), due.Value.AddDays(1) is var latest && latest < now ? latest : now) : InTime());
        if (at is not { } moment) return;
        if (story.Kind == "paper") moment = days.Working(dice, moment, moment.AddDays(3)) is { } brought && brought < now ? brought : moment;
        switch (story.Kind)
        {
            case "ticks": weeks.Add(moment, () => verbs.Arrange.TickAsync(Id, pupil, [.. story.Rest.Split(' ').Select(s => int.Parse(s) - 1)], stop)); break;
            case "draft": weeks.Add(moment, () => verbs.DraftAsync(Id, members.ClassId, pupil, answer, stop)); break;
            case "excused": weeks.Add(moment, () => verbs.Arrange.ExcuseAsync(Id, pupil, author, stop)); break;
            case "extended": weeks.Add(moment, () => verbs.Arrange.ExtendAsync(Id, pupil, days.Deadline(story.Rest), author, stop)); break;
            case "waiting" or "late" or "paper" when story.Kind == "waiting" || story.Rest == "waiting": HandIn(pupil, moment, answer, story.Kind == "paper" ? author : null); break;
            case "late" or "paper": HandIn(pupil, moment, answer, story.Kind == "paper" ? author : null); GiveBack(pupil, moment, answer); break;
            case "back" or "again": HandIn(pupil, moment, answer); GiveBack(pupil, moment, answer, story.Rest); break;
            case "saved": HandIn(pupil, moment, answer); Mark(pupil, Soon(moment), answer, giveBack: false, story.Rest); break;
            case "second": TellSecond(pupil, moment, answer); break;
            case "nothing": break;
            default: throw new FormatException($"Nobody knows how to “{story.Kind}” in {post.Title}.");
        }
    }

    /// <summary>Handed in, sent back with "Try again", and handed in once more: that one waits.</summary>
    private void TellSecond(int pupil, DateTimeOffset first, DemoAnswer answer)
    {
        HandIn(pupil, first, post.Answers[0]);
        Mark(pupil, Soon(first), new DemoAnswer("", [], Result.TryAgain, answer.Comment), giveBack: true, "");
        if (days.Between(dice, Soon(first).AddMinutes(10), now.AddMinutes(15)) is { } second) HandIn(pupil, second, answer);
    }

    private void HandIn(int pupil, DateTimeOffset at, DemoAnswer answer, int? byTeacher = null) =>
        weeks.Add(at, () => verbs.HandInAsync(Id, members.ClassId, pupil, answer, byTeacher, stop));

    /// <summary>An afternoon or so later; when that is still to come, within the quarter of an hour.</summary>
    private void GiveBack(int pupil, DateTimeOffset handedIn, DemoAnswer answer, string wish = "")
    {
        var at = wish != "" ? days.Moment(wish) : days.Working(dice, handedIn.AddHours(1), handedIn.AddDays(3)) is { } later && later < now ? later : Soon(handedIn);
        Mark(pupil, at < handedIn ? Soon(handedIn) : at, answer, giveBack: true, "");
    }

    private void Mark(int pupil, DateTimeOffset at, DemoAnswer answer, bool giveBack, string byTeacher)
    {
        var by = byTeacher == "" ? author : members.ByUserName[byTeacher];
        var points = post.Number("points") is { } most
            ? answer.Result switch { Result.GotIt => most, Result.NearlyThere => most * 3 / 4, Result.NotYet => most / 2, Result.TryAgain => most / 3 }
                : (int?)null;
        weeks.Add(at, () => verbs.MarkAsync(Id, pupil, by, answer, points, giveBack, stop));
    }

    private DateTimeOffset Soon(DateTimeOffset moment) => moment.AddMinutes(4 + dice.Next(12));
}
