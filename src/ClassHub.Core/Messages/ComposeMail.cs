using System.Globalization;
using System.Text;
using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.Marking;
using ClassHub.Notifications;
using ClassHub.People;
using ClassHub.Posts;
using ClassHub.School;
using ClassHub.Submissions;
using ClassHub.Today;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Messages;

/// <summary>Makes the words of a message in the moment it is sent, from what is true then: what was handed in, moved, taken away or ended meanwhile is not told.</summary>
public sealed class ComposeMail(ClassHubDb db, SchoolClock clock, MailSettings mail)
{
    private const int Ahead = 8, MostLines = 12;

    /// <summary>Nothing when there is nothing to say any more, or nobody to say it to.</summary>
    public async Task<MailText?> RunAsync(Message message, CancellationToken stop)
    {
        var to = await db.MessageSettings.AsNoTracking().Include(s => s.Person).SingleOrDefaultAsync(s => s.PersonId == message.PersonId && s.Person.DisabledAt == null, stop);
        if (to is null) return null;
        return message.Kind switch
        {
            MessageKind.SignInLink => await SignInLinkAsync(message, to, stop),
            MessageKind.Invitation => await InvitationAsync(message, to, stop),
            MessageKind.Urgent => await UrgentAsync(message, to, stop),
            _ when to.Rhythm == MessageRhythm.Never => null,
            _ when to.Person.Role == Role.Pupil => await OfPupilAsync(to, stop),
            _ when to.Person.Role == Role.Guardian => await OfGuardianAsync(to, stop),
            _ => await OfTeacherAsync(to, stop),
        };
    }

    private async Task<MailText?> SignInLinkAsync(Message message, MessageSettings to, CancellationToken stop)
    {
        // Whoever asked an hour ago has asked again.
        if (clock.Now > message.QueuedAt + SignInLink.Lasts || !await db.GuardianLinks.AnyAsync(l => l.GuardianId == to.PersonId && l.EndedAt == null, stop)) return null;
        var key = await LinkAsync(to.PersonId, clock.Now + SignInLink.Lasts, stop);
        return new(to.Email, $"Your way in to {clock.Calendar.SchoolName}", $"""
            Hello {to.Person.Forename},

            this opens ClassHub for you. It works once, and for ten minutes:
            {mail.Site}/guardian/in/{key}

            If you did not ask for it, leave it alone; nothing happens.

            {clock.Calendar.SchoolName}
            """);
    }

    private async Task<MailText?> InvitationAsync(Message message, MessageSettings to, CancellationToken stop)
    {
        var link = await db.GuardianLinks.AsNoTracking().Include(l => l.Pupil).SingleOrDefaultAsync(l => l.Id == message.Occurrence, stop);
        if (link is not { ApprovedAt: not null, AcceptedAt: null, EndedAt: null } || clock.Now > link.InvitedAt + GuardianLink.InviteLasts) return null;
        var key = await LinkAsync(to.PersonId, link.InvitedAt + GuardianLink.InviteLasts, stop);
        return new(to.Email, $"{clock.Calendar.SchoolName} invites you to ClassHub", $"""
            Hello {to.Person.Forename},

            {clock.Calendar.SchoolName} would like to show you what {link.Pupil.Forename} is asked to do, what is due, and what came back. There is no password to remember. Open this within seven days:
            {mail.Site}/guardian/in/{key}

            You then get one message a day at most, and can stop it whenever you like.

            If you do not look after {link.Pupil.Forename}, please tell the school and leave this alone.

            {clock.Calendar.SchoolName}
            """);
    }

    private async Task<MailText?> UrgentAsync(Message message, MessageSettings to, CancellationToken stop) =>
        await db.UrgentNotices.AsNoTracking().SingleOrDefaultAsync(n => n.Id == message.Occurrence, stop) is { } notice && await StillConcernsAsync(notice, to.Person, stop)
            ? new(to.Email, $"Urgent: {clock.Calendar.SchoolName}", $"{notice.Text}\n\n{clock.Calendar.SchoolName}, {clock.InSchool(notice.At).LocalDateTime.ToString("dddd d MMMM, H:mm", CultureInfo.CurrentCulture)}\n")
            : null;

    private Task<bool> StillConcernsAsync(UrgentNotice notice, Person person, CancellationToken stop) => person.Role != Role.Guardian
        ? db.People.AnyAsync(p => p.Id == person.Id && (notice.ClassId == null || db.Memberships.Any(m => m.ClassId == notice.ClassId && m.PersonId == p.Id)), stop)
        : db.GuardianLinks.AnyAsync(l => l.GuardianId == person.Id && l.ApprovedAt != null && l.AcceptedAt != null && l.EndedAt == null && l.Pupil.DisabledAt == null
            && (notice.ClassId == null || db.Memberships.Any(m => m.ClassId == notice.ClassId && m.PersonId == l.PupilId)), stop);

    private async Task<MailText?> OfPupilAsync(MessageSettings to, CancellationToken stop)
    {
        var text = new StringBuilder();
        Tasks(text, await db.OpenTasksAsync(to.PersonId, clock.Now, stop), to.ToldUntil);
        var count = text.ToString().Split('\n').Count(l => l.StartsWith("- ", StringComparison.Ordinal));
        return count == 0 ? null : Whole(to, count == 1 ? "One thing for you" : $"{count} things for you", text);
    }

    private void Tasks(StringBuilder part, IReadOnlyList<PupilTaskRow> tasks, DateTimeOffset since)
    {
        var now = clock.Now;
        Section(part, "Missing", tasks.Where(t => t.Standing(now) is { IsMissing: true, MayHandIn: true }).Select(t => $"{Named(t)}, was due {When(t.Standing(now).Due!.Value)}"));
        Section(part, "To do", tasks.Where(t => t.Standing(now) is { IsOwed: true, IsMissing: false, MayHandIn: true } s && (s.Due is null || s.Due < now.AddDays(Ahead)))
            .Select(t => t.IsAskedAgain ? $"{Named(t)}, once more" : t.Standing(now).Due is { } due ? $"{Named(t)}, due {When(due)}" : Named(t)));
        Section(part, "Given back", tasks.Where(t => t.ReturnedAt > since).Select(t => t.Result is { } how ? $"{Named(t)}: {Words(how)}" : Named(t)));
    }

    /// <summary>By child, and for each by what needs doing.</summary>
    private async Task<MailText?> OfGuardianAsync(MessageSettings to, CancellationToken stop)
    {
        var now = clock.Now;
        var text = new StringBuilder();
        var names = new List<string>();
        var guardian = await db.ViewerAsync(to.PersonId, now, stop);
        foreach (var child in guardian.Children)
        {
            var tasks = await db.OpenTasksAsync(child.PupilId, now, stop);
            var part = new StringBuilder();
            Tasks(part, tasks, to.ToldUntil);
            Section(part, "New", await NewPostsAsync(guardian, child, to.ToldUntil, stop));
            if (part.Length == 0) continue;
            text.Append(child.Forename).Append('\n').Append(part).Append('\n');
            names.Add(child.Forename);
        }
        return text.Length == 0 ? null : Whole(to, $"{string.Join(" and ", names)}: what to do and what came back", text);
    }

    private async Task<List<string>> NewPostsAsync(Viewer guardian, Child child, DateTimeOffset since, CancellationToken stop)
    {
        var eyes = new Viewer(child.PupilId, child.Forename, Role.Pupil, false, [.. guardian.Classes.Where(c => c.ChildId == child.PupilId)], guardian.Now);
        return await db.Posts.VisibleTo(eyes, db).Where(p => p.Kind != PostKind.Task && p.PublishAt > since).OrderBy(p => p.PublishAt).Take(MostLines + 1)
            .Select(p => p.Title + " (" + p.Class.Name + ")").ToListAsync(stop);
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
                New = db.Submissions.Count(s => s.ClassId == m.ClassId && s.HandedInAt > since),
                Asks = db.JoinRequests.Count(r => r.ClassId == m.ClassId && r.DecidedAt == null),
            }).Take(50).ToListAsync(stop);
        var text = new StringBuilder();
        Section(text, "To mark", classes.Where(c => c.ToMark > 0).Select(c => $"{SchoolClass.Called(c.Name, c.Subject)}: {c.ToMark}{(c.New > 0 ? $", {c.New} of them new" : "")}"));
        Section(text, "Asks to join", classes.Where(c => c.Asks > 0).Select(c => $"{SchoolClass.Called(c.Name, c.Subject)}: {c.Asks}"));
        return text.Length == 0 ? null : Whole(to, $"{classes.Sum(c => c.ToMark)} to mark", text);
    }

    private MailText Whole(MessageSettings to, string subject, StringBuilder text)
    {
        var stopHere = $"{mail.Site}/unsubscribe/{to.UnsubscribeKey}";
        return new(to.Email, subject, $"Hello {to.Person.Forename},\n\n{text}\nOpen ClassHub: {mail.Site}/\nAnother hour, or less often: {mail.Site}/me/messages\nNo more of these: {stopHere}\n\n{clock.Calendar.SchoolName}\n", stopHere, clock.Now);
    }

    private static void Section(StringBuilder text, string head, IEnumerable<string> lines)
    {
        var all = lines.Take(MostLines + 1).ToList();
        if (all.Count == 0) return;
        text.Append(head).Append(":\n");
        foreach (var line in all.Take(MostLines)) text.Append("- ").Append(line).Append('\n');
        if (all.Count > MostLines) text.Append("- and more\n");
    }

    private static string Named(PupilTaskRow task) => $"{task.Title} ({SchoolClass.Called(task.ClassName, task.Subject)})";
    private static string Words(Result how) => how switch { Result.GotIt => "Got it", Result.NearlyThere => "Nearly there", Result.NotYet => "Not yet", _ => "Try again" };

    private string When(DateTimeOffset at)
    {
        var days = clock.DateOf(at).DayNumber - clock.Today.DayNumber;
        var day = days switch { 0 => "today", 1 => "tomorrow", -1 => "yesterday", _ => clock.DateOf(at).ToString("dddd d MMMM", CultureInfo.CurrentCulture) };
        return $"{day}, {clock.TimeOf(at).ToString("H:mm", CultureInfo.InvariantCulture)}";
    }

    private async Task<string> LinkAsync(int personId, DateTimeOffset endsAt, CancellationToken stop)
    {
        var key = RandomKey.Hex();
        await db.WriteAsync(async () =>
        {
            db.SignInLinks.Add(new SignInLink(personId, key, endsAt));
            await db.SaveChangesAsync(stop);
        }, stop);
        return key;
    }
}
