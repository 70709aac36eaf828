using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.People;
using ClassHub.Posts;
using ClassHub.Tasks;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ClassHub.Planning;

/// <summary>The dates of one post: instants with the school times that were typed. A draft has no <paramref name="Out"/>.</summary>
public sealed record PlannedDates(DateTimeOffset? Out, string? OutTyped, DateTimeOffset? Due, string? DueTyped, DateTimeOffset? Close, string? CloseTyped)
{
    public static PlannedDates Of(Post post, ClassTask? task) => new(post.PublishAt, post.PublishTyped, task?.DueAt, task?.DueTyped, task?.CloseAt, task?.CloseTyped);

    /// <summary>Whether both say the same moments, however they were typed.</summary>
    public bool IsAt(PlannedDates other) => (Out, Due, Close) == (other.Out, other.Due, other.Close);
}

/// <summary>What a teacher moved or made in one go, so that it can be taken back in one go.</summary>
public sealed class PlanChange
{
    /// <summary>How long it can be taken back.</summary>
    public static readonly TimeSpan Undoable = TimeSpan.FromDays(1);

    public int Id { get; private set; }
    public int ByPersonId { get; private set; }
    public DateTimeOffset At { get; private set; }
    public DateTimeOffset? UndoneAt { get; private set; }
    public List<PlanChangeItem> Items { get; private set; } = [];

    private PlanChange() { }
    /// <param name="now">When all of it was done: whatever is edited later was edited since.</param>
    public PlanChange(int byPersonId, IEnumerable<PlanChangeItem> items, DateTimeOffset now)
    {
        (ByPersonId, At) = (byPersonId, now);
        Items.AddRange(items);
    }

    public void Undo(DateTimeOffset now) => UndoneAt = now;
}

/// <summary>One post of it: where its dates stood and stand; one that was made has none before.</summary>
public sealed class PlanChangeItem
{
    public int Id { get; private set; }
    public int PlanChangeId { get; private set; }
    public int PostId { get; private set; }
    public bool IsNew { get; private set; }
    public DateTimeOffset? OutFrom { get; private set; }
    public string? OutTypedFrom { get; private set; }
    public DateTimeOffset? DueFrom { get; private set; }
    public string? DueTypedFrom { get; private set; }
    public DateTimeOffset? CloseFrom { get; private set; }
    public string? CloseTypedFrom { get; private set; }
    public DateTimeOffset? OutTo { get; private set; }
    public DateTimeOffset? DueTo { get; private set; }
    public DateTimeOffset? CloseTo { get; private set; }

    private PlanChangeItem() { }

    /// <param name="from">None: the post was made.</param>
    public PlanChangeItem(int postId, PlannedDates? from, PlannedDates to)
    {
        (PostId, IsNew, OutTo, DueTo, CloseTo) = (postId, from is null, to.Out, to.Due, to.Close);
        if (from is not null) (OutFrom, OutTypedFrom, DueFrom, DueTypedFrom, CloseFrom, CloseTypedFrom) = (from.Out, from.OutTyped, from.Due, from.DueTyped, from.Close, from.CloseTyped);
    }

    public PlannedDates From => new(OutFrom, OutTypedFrom, DueFrom, DueTypedFrom, CloseFrom, CloseTypedFrom);
    public PlannedDates To => new(OutTo, null, DueTo, null, CloseTo, null);
}

internal static class PlanChanges
{
    /// <summary>Saves what was done together with how to take it back, inside the caller's WriteAsync.</summary>
    public static async Task<PlanChange> RememberAsync(this ClassHubDb db, Viewer teacher, IEnumerable<PlanChangeItem> items, DateTimeOffset now, CancellationToken stop)
    {
        var change = db.PlanChanges.Add(new PlanChange(teacher.PersonId, items, now)).Entity;
        await db.SaveChangesAsync(stop);
        return change;
    }
}

internal sealed class PlanChangesTable : IEntityTypeConfiguration<PlanChange>
{
    public void Configure(EntityTypeBuilder<PlanChange> change)
    {
        change.ToTable("PlanChanges");
        change.HasOne<Person>().WithMany().HasForeignKey(c => c.ByPersonId);
        change.HasMany(c => c.Items).WithOne().HasForeignKey(i => i.PlanChangeId);
        change.HasIndex(c => c.At);
    }
}

internal sealed class PlanChangeItemsTable : IEntityTypeConfiguration<PlanChangeItem>
{
    public void Configure(EntityTypeBuilder<PlanChangeItem> item)
    {
        item.ToTable("PlanChangeItems");
        foreach (var typed in new[] { nameof(PlanChangeItem.OutTypedFrom), nameof(PlanChangeItem.DueTypedFrom), nameof(PlanChangeItem.CloseTypedFrom) }) item.Property(typed).HasMaxLength(16);
        item.HasOne<Post>().WithMany().HasForeignKey(i => i.PostId);
    }
}
