using ClassHub.Classes;
using ClassHub.Database;
using ClassHub.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ClassHub.Calendars;

/// <summary>The private address under which calendars elsewhere read one person's dates. Whoever knows the key may read them, so the person can change it; it answers no more when they are switched off.</summary>
public sealed class CalendarFeed
{
    public int PersonId { get; private set; }
    public Person Person { get; private set; } = null!;
    /// <summary>128 bits as hexadecimal digits.</summary>
    public string Key { get; private set; } = "";
    public DateTimeOffset MadeAt { get; private set; }

    private CalendarFeed() { }

    public CalendarFeed(int personId, DateTimeOffset now)
    {
        PersonId = personId;
        ChangeKey(now);
    }

    public void ChangeKey(DateTimeOffset now) => (Key, MadeAt) = (RandomKey.Hex(), now);
}

internal sealed class CalendarFeedsTable : IEntityTypeConfiguration<CalendarFeed>
{
    public void Configure(EntityTypeBuilder<CalendarFeed> feed)
    {
        feed.HasKey(f => f.PersonId);
        feed.Property(f => f.PersonId).ValueGeneratedNever();
        feed.Property(f => f.Key).HasMaxLength(32);
        feed.HasIndex(f => f.Key).IsUnique();
        feed.HasOne(f => f.Person).WithOne().HasForeignKey<CalendarFeed>(f => f.PersonId);
    }
}

public static class CalendarFeeds
{
    /// <summary>Makes the address, or a new one in place of the old, which is dead from then on.</summary>
    public static Task MakeCalendarFeedAsync(this ClassHubDb db, int personId, DateTimeOffset now, CancellationToken stop) => db.WriteAsync(async () =>
    {
        if (await db.CalendarFeeds.SingleOrDefaultAsync(f => f.PersonId == personId, stop) is { } feed) feed.ChangeKey(now);
        else db.CalendarFeeds.Add(new CalendarFeed(personId, now));
        await db.SaveChangesAsync(stop);
    }, stop);

    public static Task StopCalendarFeedAsync(this ClassHubDb db, int personId, CancellationToken stop) =>
        db.WriteAsync(() => db.CalendarFeeds.Where(f => f.PersonId == personId).ExecuteDeleteAsync(stop), stop);

    /// <summary>Whose dates this key opens; nobody's when it is unknown, was changed, or its person is switched off.</summary>
    public static async Task<Viewer?> CalendarOwnerAsync(this ClassHubDb db, string key, DateTimeOffset now, CancellationToken stop)
    {
        var owner = await db.CalendarFeeds.Where(f => f.Key == key && f.Person.DisabledAt == null).Select(f => f.PersonId).ToListAsync(stop);
        return owner.Count == 0 ? null : await db.ViewerAsync(owner[0], now, stop);
    }
}
