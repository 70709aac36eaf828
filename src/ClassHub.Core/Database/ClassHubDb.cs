using ClassHub.Audit;
using ClassHub.Calendars;
using ClassHub.Classes;
using ClassHub.Marking;
using ClassHub.Media;
using ClassHub.Notifications;
using ClassHub.People;
using ClassHub.Planning;
using ClassHub.Posts;
using ClassHub.Rosters;
using ClassHub.School;
using ClassHub.Submissions;
using ClassHub.Tasks;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Database;

/// <summary>The school's rows. Everything asks for this; only this folder knows which engine is underneath. All writing goes through WriteAsync.</summary>
public abstract class ClassHubDb(DbContextOptions options) : IdentityUserContext<Account, int>(options), IDataProtectionKeyContext
{
    public DbSet<SchoolProfile> Schools => Set<SchoolProfile>();
    public DbSet<Holiday> Holidays => Set<Holiday>();
    public DbSet<LessonSlot> LessonSlots => Set<LessonSlot>();
    public DbSet<Term> Terms => Set<Term>();
    public DbSet<AuditEntry> Audit => Set<AuditEntry>();
    public DbSet<Person> People => Set<Person>();
    public DbSet<SignInSession> SignInSessions => Set<SignInSession>();
    public DbSet<SetUpWords> SetUpWords => Set<SetUpWords>();
    public DbSet<SignInThrottle> SignInThrottles => Set<SignInThrottle>();
    public DbSet<KnownDevice> KnownDevices => Set<KnownDevice>();
    public DbSet<GuardianLink> GuardianLinks => Set<GuardianLink>();
    public DbSet<SignInLink> SignInLinks => Set<SignInLink>();
    public DbSet<StoredFile> Files => Set<StoredFile>();
    public DbSet<Rendition> Renditions => Set<Rendition>();
    public DbSet<Upload> Uploads => Set<Upload>();
    public DbSet<Captions> Captions => Set<Captions>();
    public DbSet<SchoolClass> Classes => Set<SchoolClass>();
    public DbSet<Membership> Memberships => Set<Membership>();
    public DbSet<TeachingRequest> TeachingRequests => Set<TeachingRequest>();
    public DbSet<PupilGroup> PupilGroups => Set<PupilGroup>();
    public DbSet<PupilGroupMember> PupilGroupMembers => Set<PupilGroupMember>();
    public DbSet<JoinCode> JoinCodes => Set<JoinCode>();
    public DbSet<JoinRequest> JoinRequests => Set<JoinRequest>();
    public DbSet<Notification> Notifications => Set<Notification>();
    public DbSet<Message> Messages => Set<Message>();
    public DbSet<MessageSettings> MessageSettings => Set<MessageSettings>();
    public DbSet<PushSubscription> PushSubscriptions => Set<PushSubscription>();
    public DbSet<UrgentNotice> UrgentNotices => Set<UrgentNotice>();
    public DbSet<Post> Posts => Set<Post>();
    public DbSet<PostFile> PostFiles => Set<PostFile>();
    public DbSet<ClassTask> Tasks => Set<ClassTask>();
    public DbSet<TaskWording> TaskWordings => Set<TaskWording>();
    public DbSet<Arrangement> Arrangements => Set<Arrangement>();
    public DbSet<StepTick> StepTicks => Set<StepTick>();
    public DbSet<Submission> Submissions => Set<Submission>();
    public DbSet<SubmissionVersion> SubmissionVersions => Set<SubmissionVersion>();
    public DbSet<SubmissionFile> SubmissionFiles => Set<SubmissionFile>();
    public DbSet<DraftFile> DraftFiles => Set<DraftFile>();
    public DbSet<EarlierDraft> EarlierDrafts => Set<EarlierDraft>();
    public DbSet<EarlierDraftFile> EarlierDraftFiles => Set<EarlierDraftFile>();
    public DbSet<HandInWish> HandInWishes => Set<HandInWish>();
    public DbSet<Reminder> Reminders => Set<Reminder>();
    public DbSet<ReminderPupil> ReminderPupils => Set<ReminderPupil>();
    public DbSet<Mark> Marks => Set<Mark>();
    public DbSet<MarkFile> MarkFiles => Set<MarkFile>();
    public DbSet<PlanChange> PlanChanges => Set<PlanChange>();
    public DbSet<ZoneMove> ZoneMoves => Set<ZoneMove>();
    public DbSet<DayTemplate> DayTemplates => Set<DayTemplate>();
    public DbSet<CalendarFeed> CalendarFeeds => Set<CalendarFeed>();
    public DbSet<RosterImport> RosterImports => Set<RosterImport>();
    public DbSet<RosterChange> RosterChanges => Set<RosterChange>();
    public DbSet<DataProtectionKey> DataProtectionKeys => Set<DataProtectionKey>();

    protected override Version SchemaVersion => IdentitySchemaVersions.Version2;

    protected override void ConfigureConventions(ModelConfigurationBuilder conventions)
    {
        conventions.Properties<DateTimeOffset>().HaveConversion<UtcInstant>();
        conventions.Properties<Enum>().HaveConversion<string>().HaveMaxLength(30);
        conventions.Properties<decimal>().HavePrecision(7, 2);
        conventions.Properties<SchoolDays>().HaveConversion<int>();
        conventions.Properties<HandInWays>().HaveConversion<int>();
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.ApplyConfigurationsFromAssembly(typeof(ClassHubDb).Assembly);
        builder.Entity<IdentityUserClaim<int>>().ToTable("AccountClaims");
        builder.Entity<IdentityUserLogin<int>>().ToTable("AccountLogins");
        builder.Entity<IdentityUserToken<int>>().ToTable("AccountTokens");
    }

    /// <summary>What this transaction makes out of date.</summary>
    internal Stamps Stamps { get; } = new();

    /// <summary>Saves, and lets the pages of those concerned know that they are out of date (see <see cref="Stamps"/>): at the end of the transaction, as everybody who writes to a class meets at its stamp.</summary>
    public override async Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken stop = default)
    {
        Stamps.Note(ChangeTracker);
        var saved = await base.SaveChangesAsync(acceptAllChangesOnSuccess, stop);
        if (Database.CurrentTransaction is null) await Stamps.RaiseAsync(this, stop);
        return saved;
    }

    /// <summary>Two writers met on the same row or the same unique value: the engine's way of saying "try again".</summary>
    internal abstract bool IsClash(Exception problem);

    /// <summary>All columns of all tables, as <see cref="Schema"/> writes them.</summary>
    internal abstract IQueryable<string> Columns();

    /// <summary>Brings the tables up to date; does nothing when they are.</summary>
    /// <exception cref="RuleBroken">The tables are not those of any ClassHub that this one knows; nothing was changed.</exception>
    public virtual async Task MigrateAsync(CancellationToken stop)
    {
        await Schema.MustBeOursAsync(this, stop);
        // Asked to migrate, EF first compares the whole model with the last migration, which costs more than all the rest of a start.
        if ((await Database.GetPendingMigrationsAsync(stop)).Any()) await Database.MigrateAsync(stop);
    }

    /// <summary>The ids of all posts that have this in their own words, in a name of their files, or in what a recording of theirs says.
    /// Who may read them is asked elsewhere.</summary>
    internal abstract IQueryable<int> PostsWith(LookedFor words);

    /// <summary>How the whole database is written into one file and put back.</summary>
    public abstract Snapshot Snapshot();

    /// <summary>Waits until no other transaction has this turn; it is over with the caller's transaction.</summary>
    internal abstract Task WaitForTurnAsync(Turn turn, CancellationToken stop);

    /// <summary>The same among those who write one pupil's work for one task: there may be no row yet that they could meet at.</summary>
    internal abstract Task WaitForWorkAsync(int taskId, int pupilId, CancellationToken stop);
}

/// <summary>What writers do one after the other although they touch different rows.</summary>
internal enum Turn { AuditLog = 1, SignInThrottle = 2, SetUp = 3 }
