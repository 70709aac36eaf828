using ClassHub.Audit;
using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.Web.Access;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Web.Pages.Audit;

/// <summary>Who opened or changed what. Reading it is an entry too, so the list comes with a post.</summary>
[OfficeOnly, Row("R55")]
public sealed class AuditLogPage(ClassHubDb db, Viewer viewer, TimeProvider clock) : PageModel
{
    private const int PageSize = 50;
    public sealed record Entry(long Id, DateTimeOffset At, string Who, AuditAction Action, int SubjectId, string? Whom, string Reason);

    /// <summary>Nothing before the list was opened.</summary>
    public IReadOnlyList<Entry>? Entries { get; private set; }
    public int Count { get; private set; }
    public bool HasMore { get; private set; }

    public async Task OnGetAsync(CancellationToken stop) => Count = await db.Audit.CountAsync(stop);

    public async Task OnPostAsync(long? before, CancellationToken stop)
    {
        await db.WriteAsync(async () =>
        {
            await db.AppendAuditAsync(clock.GetUtcNow(), viewer.PersonId, AuditAction.ReadAudit, 0, before is null ? "The newest entries" : $"Entries before number {before}", stop);
            await db.SaveChangesAsync(stop);
        }, stop);
        Count = await db.Audit.CountAsync(stop);
        AuditAction[] aboutPeople = [AuditAction.OpenedPerson, AuditAction.DisabledPerson, AuditAction.EnabledPerson, AuditAction.ChangedRole,
            AuditAction.MadePassword, AuditAction.SetUpSchool, AuditAction.EndedSessions, AuditAction.AdmittedNewcomer, AuditAction.InvitedGuardian,
            AuditAction.ApprovedGuardian, AuditAction.EndedGuardian, AuditAction.AcceptedGuardian, AuditAction.ChangedAddress,
            AuditAction.AddedPerson, AuditAction.RenamedAccount, AuditAction.AddedToClass, AuditAction.RemovedFromClass, AuditAction.AddedTeacher,
            AuditAction.RemovedTeacher, AuditAction.MadeFirstTeacher, AuditAction.AskedToTeach, AuditAction.AnsweredTeacher, AuditAction.LetIn];
        var found = await db.Audit.Where(a => before == null || a.Id < before).OrderByDescending(a => a.Id).Take(PageSize + 1)
            .Select(a => new Entry(a.Id, a.At,
                db.People.Where(p => p.Id == a.ActorId).Select(p => p.Name).FirstOrDefault() ?? "Somebody who left",
                a.Action, a.SubjectId,
                aboutPeople.Contains(a.Action) ? db.People.Where(p => p.Id == a.SubjectId).Select(p => p.Name).FirstOrDefault()
                : a.Action == AuditAction.OpenedGuardian ? db.GuardianLinks.Where(l => l.Id == a.SubjectId).Select(l => l.Guardian.Name).FirstOrDefault()
                : a.Action == AuditAction.OpenedWork ? db.Submissions.Where(w => w.Id == a.SubjectId)
                    .Select(w => w.Pupil.Name + ", " + w.Task.Post.Title).FirstOrDefault()
                : a.Action == AuditAction.OpenedTask || a.Action == AuditAction.OpenedPost ? db.Posts.Where(p => p.Id == a.SubjectId).Select(p => p.Class.Name + ", " + p.Title).FirstOrDefault() : null,
                a.Reason)).ToListAsync(stop);
        HasMore = found.Count > PageSize;
        Entries = [.. found.Take(PageSize)];
    }

    public static string Words(AuditAction action) => action switch
    {
        AuditAction.OpenedWork => "Opened a pupil’s work",
        AuditAction.OpenedTask => "Opened the hand-ins of a task",
        AuditAction.OpenedPost => "Opened a post that is not out yet",
        AuditAction.OpenedPerson => "Opened a person",
        AuditAction.ReadAudit => "Read this list",
        AuditAction.AppliedRoster => "Applied a roster",
        AuditAction.UndidRoster => "Took a roster back",
        AuditAction.DisabledPerson => "Switched a person off",
        AuditAction.EnabledPerson => "Switched a person on",
        AuditAction.ChangedRole => "Changed who is in the office",
        AuditAction.MadePassword => "Made a one-time password",
        AuditAction.ChangedSettings => "Changed the settings",
        AuditAction.SetUpSchool => "Set up the school",
        AuditAction.EndedSessions => "Signed a person out",
        AuditAction.AdmittedNewcomer => "Let a newcomer in",
        AuditAction.DownloadedBackup => "Downloaded a backup",
        AuditAction.InvitedGuardian => "Invited a guardian",
        AuditAction.ApprovedGuardian => "Agreed to a guardian",
        AuditAction.EndedGuardian => "Took a guardian away",
        AuditAction.OpenedGuardian => "Opened a guardian’s address",
        AuditAction.AddedPerson => "Added a person",
        AuditAction.RenamedAccount => "Changed a username",
        AuditAction.AddedToClass => "Put a pupil into a class",
        AuditAction.RemovedFromClass => "Took a pupil out of a class",
        AuditAction.AddedTeacher => "Made somebody teach a class",
        AuditAction.RemovedTeacher => "Took a teacher out of a class",
        AuditAction.MadeFirstTeacher => "Made somebody the first teacher",
        AuditAction.AskedToTeach => "Asked to teach a class",
        AuditAction.AnsweredTeacher => "Answered somebody who asked to teach",
        AuditAction.LetIn => "Let somebody sign in while others guessed",
        AuditAction.ArchivedClass => "Archived a class",
        AuditAction.RestoredClass => "Restored a class",
        AuditAction.SentUrgent => "Sent an urgent message",
        AuditAction.AcceptedGuardian => "Accepted to look after a pupil",
        AuditAction.ChangedAddress => "Changed an e-mail address",
    };
}
