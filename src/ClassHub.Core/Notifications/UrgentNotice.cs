using ClassHub.Classes;
using ClassHub.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ClassHub.Notifications;

/// <summary>What cannot wait for tomorrow's message: the school is closed. To the whole school, or to one class and those who look after its pupils.</summary>
public sealed class UrgentNotice
{
    public const int LongestText = 500;

    public int Id { get; private set; }
    public int ByPersonId { get; private set; }
    public DateTimeOffset At { get; private set; }
    public string Text { get; private set; } = "";
    public int? ClassId { get; private set; }

    private UrgentNotice() { }

    /// <exception cref="RuleBroken">Nothing is written, or too much.</exception>
    public UrgentNotice(int byPersonId, string? text, int? classId, DateTimeOffset now)
    {
        var lines = PlainText.Lines(text, LongestText + 1).Trim();
        if (lines == "") throw new RuleBroken("Write what has happened and what to do.", "Text");
        if (lines.Length > LongestText) throw new RuleBroken($"An urgent message has at most {LongestText} characters.", "Text");
        (ByPersonId, Text, ClassId, At) = (byPersonId, lines, classId, now);
    }
}

internal sealed class UrgentNoticesTable : IEntityTypeConfiguration<UrgentNotice>
{
    public void Configure(EntityTypeBuilder<UrgentNotice> notice)
    {
        notice.ToTable("UrgentNotices");
        notice.Property(n => n.Text).HasMaxLength(UrgentNotice.LongestText);
        notice.HasOne<Person>().WithMany().HasForeignKey(n => n.ByPersonId);
        notice.HasOne<SchoolClass>().WithMany().HasForeignKey(n => n.ClassId);
    }
}
