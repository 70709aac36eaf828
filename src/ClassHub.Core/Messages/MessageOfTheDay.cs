using System.Globalization;
using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.Marking;
using ClassHub.Notifications;
using ClassHub.People;
using ClassHub.Posts;
using ClassHub.School;
using ClassHub.Today;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Messages;

/// <summary>The words of the message of the day, and of a reminder on a device: what is missing, new and still to do, the new apart from the old.</summary>
internal sealed class MessageOfTheDay(ClassHubDb db, SchoolClock clock, MailSettings mail, PushSettings push)
{
    private const int Ahead = 8, MostLines = 12;
    /// <summary>On its own day nothing is called missing before this.</summary>
    private static readonly TimeOnly MissingFrom = new(18, 0);

    /// <summary>Nothing when there is nothing to say, or the person wants none.</summary>
    public async Task<MailText?> RunAsync(MessageSettings to, CancellationToken stop) => to.Rhythm == MessageRhythm.Never ? null : to.Person.Role switch
    {
        Role.Pupil => await OfPupilAsync(to, stop),
        Role.Guardian => await OfGuardianAsync(to, stop),
        Role.Staff => await OfTeacherAsync(to, stop),
    };

    /// <summary>What a pupil was reminded of in one second, and still owes: for their own devices.</summary>
    public async Task<MailText?> RemindAsync(Message message, MessageSettings to, CancellationToken stop)
    {
        if (to.Rhythm != MessageRhythm.EverySchoolDay) return null;
        var from = DateTimeOffset.FromUnixTimeSeconds(message.Occurrence);
        var byHand = await RemindedAsync(to.PersonId, from, from.AddSeconds(1), stop);
        var tasks = (await db.OpenTasksAsync(to.PersonId, clock.Now, stop)).Where(t => byHand.ContainsKey(t.TaskId) && IsToDo(t)).ToList();
        if (tasks.Count == 0) return null;
        var words = new MailBody().List("Reminder", [.. tasks.Select(t => Asked(t, byHand))]);
        return new(null, clock.Calendar.SchoolName, tasks.Count == 1 ? "Reminder" : $"{tasks.Count} reminders", words);
    }

    /// <summary>What one child's part says, and how much of it.</summary>
    private sealed record Part(MailBody Words, int Missing, int New, int ToDo)
    {
        public string InShort => string.Join(", ", new[] { (Missing, "missing"), (New, "new"), (Missing + New == 0 ? ToDo : 0, "to do") }
            .Where(c => c.Item1 > 0).Select(c => $"{c.Item1} {c.Item2}"));
    }

    private async Task<MailText?> OfPupilAsync(MessageSettings to, CancellationToken stop)
    {
        var part = Tasks(await db.OpenTasksAsync(to.PersonId, clock.Now, stop), await RemindedAsync(to.PersonId, to.ToldUntil, null, stop), to.ToldUntil);
        return part.Words.IsEmpty ? null : Whole(to, part.InShort, part.Words);
    }

    /// <summary>By child, and for each by what needs doing.</summary>
    private async Task<MailText?> OfGuardianAsync(MessageSettings to, CancellationToken stop)
    {
        var (guardian, words, subject) = (await db.ViewerAsync(to.PersonId, clock.Now, stop), new MailBody(), new List<string>());
        var reached = await db.ReachedOnDevices(push).Where(id => guardian.SeesFor.Contains(id)).ToListAsync(stop);
        foreach (var child in guardian.Children)
        {
            // Who is told on a device of their own is reminded there.
            var hears = reached.Contains(child.PupilId);
            var reminded = hears ? [] : await RemindedAsync(child.PupilId, to.ToldUntil, null, stop);
            var part = Tasks(await db.OpenTasksAsync(child.PupilId, clock.Now, stop), reminded, to.ToldUntil, child.Forename);
            var (titles, posts) = await NewPostsAsync(guardian, child, to.ToldUntil, stop);
            part.Words.List("New to read", titles, MostLines, posts);
            if (part.Words.IsEmpty) continue;
            words.Head(child.Forename).Add(part.Words);
            subject.Add($"{child.Forename}: {(part with { New = part.New + posts }).InShort}");
        }
        return words.IsEmpty ? null : Whole(to, string.Join(". ", subject), words);
    }

    /// <param name="tell">The forename of the child whose guardian reads this; none for the pupil's own.</param>
    private Part Tasks(IReadOnlyList<PupilTaskRow> all, Dictionary<int, bool> reminded, DateTimeOffset since, string? tell = null)
    {
        var now = clock.Now;
        var words = new MailBody();
        var toDo = all.Where(t => IsToDo(t) && (reminded.ContainsKey(t.TaskId) || t.Standing(now).Due is not { } due || due < now.AddDays(Ahead))).ToList();
        var asked = toDo.Where(t => reminded.ContainsKey(t.TaskId)).ToList();
        words.List("Reminder", [.. asked.Select(t => Asked(t, reminded))], MostLines);
        if (asked.Count > 0 && tell is not null) words.Say($"{tell} gets no message of the day, so please tell {tell}.");

        var (missing, open) = (toDo.Where(t => IsMissing(t, now)).ToList(), toDo.Where(t => !IsMissing(t, now)).ToList());
        bool IsNew(PupilTaskRow t) => t.PublishAt > since;
        void List(string head, IEnumerable<PupilTaskRow> tasks) => words.List(head, [.. tasks.Except(asked).Select(Due)], MostLines);
        List("Missing since the last message", missing.Where(t => !IsMissing(t, since)));
        List("Still missing", missing.Where(t => IsMissing(t, since)));
        List("New", open.Where(IsNew));
        List("Still to do", open.Where(t => !IsNew(t)));
        var back = all.Where(t => t.Standing(now).ReturnedAt > since).ToList();
        words.List("Given back", [.. back.Select(t => t.Result is { } how ? $"{Named(t)}: {Words(how)}" : Named(t))], MostLines);
        return new(words, missing.Count, open.Count(IsNew) + back.Count, toDo.Count);
    }

    private bool IsToDo(PupilTaskRow task) => task.Standing(clock.Now) is { IsOwed: true, MayHandIn: true };

    private bool IsMissing(PupilTaskRow task, DateTimeOffset at) =>
        task.Standing(at) is { IsMissing: true, Due: { } due } && (clock.DateOf(due) != clock.DateOf(at) || clock.TimeOf(at) >= MissingFrom);

    /// <summary>The tasks that this pupil was reminded of, and whether a teacher did it by hand.</summary>
    private async Task<Dictionary<int, bool>> RemindedAsync(int pupilId, DateTimeOffset since, DateTimeOffset? until, CancellationToken stop)
    {
        var told = await db.Notifications.Where(n => n.RecipientId == pupilId && n.At >= since && (until == null || n.At < until)
            && (n.Kind == NotificationKind.Reminded || n.Kind == NotificationKind.DueTomorrow || n.Kind == NotificationKind.DueSoon))
            .Select(n => new { n.SubjectId, n.Kind }).ToListAsync(stop);
        return told.GroupBy(n => n.SubjectId).ToDictionary(g => g.Key, g => g.Any(n => n.Kind == NotificationKind.Reminded));
    }

    private async Task<(List<string> Titles, int All)> NewPostsAsync(Viewer guardian, Child child, DateTimeOffset since, CancellationToken stop)
    {
        var eyes = new Viewer(child.PupilId, child.Forename, Role.Pupil, false, [.. guardian.Classes.Where(c => c.ChildId == child.PupilId)], guardian.Now);
        var posts = db.Posts.VisibleTo(eyes, db).Where(p => p.Kind != PostKind.Task && p.PublishAt > since);
        var titles = await posts.OrderBy(p => p.PublishAt).ThenBy(p => p.Id).Take(MostLines).Select(p => p.Title + " (" + p.Class.Name + ")").ToListAsync(stop);
        return (titles, titles.Count < MostLines ? titles.Count : await posts.CountAsync(stop));
    }

    private async Task<MailText?> OfTeacherAsync(MessageSettings to, CancellationToken stop)
    {
        var (me, since) = (to.PersonId, to.ToldUntil);
        var classes = await (
            from m in db.Memberships
            where m.PersonId == me && m.IsTeacher && m.Class.ArchivedAt == null
            orderby m.Class.Name, m.ClassId
            select new
            {
                m.Class.Name,
                m.Class.Subject,
                ToMark = db.Submissions.Count(s => s.ClassId == m.ClassId && s.HandedInAt != null && s.ReturnedAt == null),
                New = db.Submissions.Count(s => s.ClassId == m.ClassId && s.HandedInAt > since && s.ReturnedAt == null),
                Asks = db.JoinRequests.Count(r => r.ClassId == m.ClassId && r.DecidedAt == null),
            }).ToListAsync(stop);
        var words = new MailBody()
            .List("To mark", [.. classes.Where(c => c.ToMark > 0).Select(c =>
                $"{SchoolClass.Called(c.Name, c.Subject)}: {c.ToMark}{(c.New > 0 ? $", {c.New} of them new" : "")}")], MostLines)
            .List("Asks to join", [.. classes.Where(c => c.Asks > 0).Select(c => $"{SchoolClass.Called(c.Name, c.Subject)}: {c.Asks}")], MostLines);
        var (toMark, newOnes, asks) = (classes.Sum(c => c.ToMark), classes.Sum(c => c.New), classes.Sum(c => c.Asks));
        var subject = new[] { (toMark, "to mark"), (newOnes, "new"), (asks, asks == 1 ? "asks to join" : "ask to join") };
        return words.IsEmpty ? null : Whole(to, string.Join(", ", subject.Where(c => c.Item1 > 0).Select(c => $"{c.Item1} {c.Item2}")), words);
    }

    private MailText Whole(MessageSettings to, string subject, MailBody words)
    {
        var stopHere = $"{mail.Site}/unsubscribe/{to.UnsubscribeKey}";
        var whole = new MailBody().Say($"Hello {to.Person.Forename},").Add(words)
            .Open("Open ClassHub", $"{mail.Site}/").Open("Another hour, or less often", $"{mail.Site}/me/messages").Open("No more of these", stopHere)
            .Say(clock.Calendar.SchoolName);
        return new(to.Trouble is null ? to.Email : null, clock.Calendar.SchoolName, subject, whole, stopHere, clock.Now);
    }

    private static string Named(PupilTaskRow task) => $"{task.Title} ({SchoolClass.Called(task.ClassName, task.Subject)})";

    private string Due(PupilTaskRow task)
    {
        var standing = task.Standing(clock.Now);
        return standing.IsAskedAgain ? $"{Named(task)}, once more"
            : standing.Due is { } due ? $"{Named(task)}, {(standing.IsOverdue ? "was due" : "due")} {When(due)}"
            : Named(task);
    }

    private string Asked(PupilTaskRow task, Dictionary<int, bool> byHand) => byHand[task.TaskId] ? $"{Due(task)}. {task.Teacher} asks for it" : Due(task);

    private static string Words(Result how) => how switch
    {
        Result.GotIt => "Got it",
        Result.NearlyThere => "Nearly there",
        Result.NotYet => "Not yet",
        Result.TryAgain => "Try again",
    };

    private string When(DateTimeOffset at)
    {
        var days = clock.DateOf(at).DayNumber - clock.Today.DayNumber;
        var day = days switch { 0 => "today", 1 => "tomorrow", -1 => "yesterday", _ => clock.DateOf(at).ToString("dddd d MMMM", CultureInfo.CurrentCulture) };
        return $"{day}, {clock.TimeOf(at).ToString("H:mm", CultureInfo.InvariantCulture)}";
    }
}
