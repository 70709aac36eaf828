using ClassHub.Audit;
using ClassHub.Backups;
using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.Media;
using ClassHub.Media.Renditions;
using ClassHub.Messages;
using ClassHub.People;
using ClassHub.School;
using ClassHub.Web.Access;
using ClassHub.Web.Jobs;
using ClassHub.Web.Startup;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Web.Pages.School;

/// <summary>The office's first look: how the school does, and whether ClassHub itself is well.</summary>
[OfficeOnly, Row("R71")]
public sealed class NumbersPage(ClassHubDb db, Viewer viewer, SchoolClock clock, JobsHealth jobs, CurrentSchool school, Archives archives, MediaTools tools,
    MailSettings mail, SchoolDisk disk, IConfiguration settings) : PageModel
{
    /// <summary>How many of the newest audit entries are checked each time this page is read.</summary>
    public const int Checked = 1000;

    public sealed record View(int Pupils, int Staff, int Classes, int NotSeen, int HandedIn, int ToMark, long FileBytes);

    public View Numbers { get; private set; } = null!;
    public string SchoolName => school.Calendar.SchoolName;
    public IReadOnlyList<JobsHealth.Run> Jobs => jobs.Runs();
    public DateTimeOffset StartedAt => jobs.StartedAt;
    public bool IsAuditWhole { get; private set; }
    public int AuditEntries { get; private set; }
    public DateTimeOffset? LastBackupAt => archives.LastMadeAt;
    public int DamagedFiles { get; private set; }
    public MediaTools.Found Tools { get; private set; } = null!;
    /// <summary>Files of which smaller versions are still to be made.</summary>
    public int ToPrepare { get; private set; }
    public DiskSpace? Space => disk.Space;
    public (DateTimeOffset At, string Why)? FailedBackup => archives.Failed;
    public bool SendsMail => mail.IsSet;
    public bool AnswersToAnyHost => Startup.School.AnswersToAnyHost(settings);
    public bool HasAddress => !string.IsNullOrEmpty(settings["ClassHub:Address"]);
    public MailHealth Mail { get; private set; } = null!;

    public async Task OnGetAsync(CancellationToken stop)
    {
        var monday = clock.StartOf(SchoolClock.MondayOf(clock.Today));
        var absent = Absence.Since(db, viewer.Now);
        Numbers = await db.Schools.Select(s => new View(
            db.People.Count(p => p.Role == Role.Pupil && p.DisabledAt == null),
            db.People.Count(p => p.Role == Role.Staff && p.DisabledAt == null),
            db.Classes.Count(c => c.ArchivedAt == null),
            db.People.Where(p => p.Role == Role.Pupil && p.DisabledAt == null).Count(absent),
            db.SubmissionVersions.Count(v => v.HandedInAt >= monday && v.TakenBackAt == null),
            db.Submissions.Count(w => w.HandedInAt != null && w.ReturnedAt == null),
            db.Files.Sum(f => (long?)f.Size) ?? 0)).SingleAsync(stop);
        AuditEntries = await db.Audit.CountAsync(stop);
        IsAuditWhole = await db.BrokenAuditAsync(Checked, stop) is null;
        DamagedFiles = await db.Files.CountAsync(f => f.DamagedAt != null, stop);
        ToPrepare = await db.Files.CountAsync(f => f.PreparedAt == null, stop);
        Mail = await MailHealth.ReadAsync(db, viewer.Now, stop);
        Tools = await tools.LookAsync(stop);
    }
}
