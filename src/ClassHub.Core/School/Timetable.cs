using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ClassHub.School;

/// <summary>A time of the school day that has a name: "Period 2", "After lunch". Times are school time.</summary>
public sealed class LessonSlot
{
    public int Id { get; private set; }
    public string Name { get; private set; } = "";
    public TimeOnly StartsAt { get; private set; }
    public TimeOnly EndsAt { get; private set; }

    private LessonSlot() { }

    /// <exception cref="RuleBroken">No name, or it ends before it begins.</exception>
    public LessonSlot(string name, TimeOnly startsAt, TimeOnly endsAt)
    {
        Name = PlainText.Line(name, 40);
        if (Name == "") throw new RuleBroken("Give every lesson a name.", "Slots");
        if (endsAt <= startsAt) throw new RuleBroken($"“{Name}” ends after it begins.", "Slots");
        (StartsAt, EndsAt) = (startsAt, endsAt);
    }
}

/// <summary>A part of the school year. Both dates belong to it.</summary>
public sealed class Term
{
    public int Id { get; private set; }
    public string Name { get; private set; } = "";
    public DateOnly FirstOn { get; private set; }
    public DateOnly LastOn { get; private set; }

    private Term() { }

    /// <exception cref="RuleBroken">No name, it ends before it begins, or lasts more than a year.</exception>
    public Term(string name, DateOnly firstOn, DateOnly lastOn)
    {
        Name = PlainText.Line(name, 40);
        if (Name == "") throw new RuleBroken("Give every term a name.", "Terms");
        if (firstOn.Year is < 2000 or > 2200) throw new RuleBroken($"“{Name}” is too far away. Check its year.", "Terms");
        if (lastOn <= firstOn || lastOn > firstOn.AddYears(1)) throw new RuleBroken($"“{Name}” ends after it begins and lasts a year at most.", "Terms");
        (FirstOn, LastOn) = (firstOn, lastOn);
    }
}

internal sealed class LessonSlotsTable : IEntityTypeConfiguration<LessonSlot>
{
    public void Configure(EntityTypeBuilder<LessonSlot> slot) => slot.ToTable("LessonSlots").Property(s => s.Name).HasMaxLength(40);
}

internal sealed class TermsTable : IEntityTypeConfiguration<Term>
{
    public void Configure(EntityTypeBuilder<Term> term) => term.ToTable("Terms").Property(t => t.Name).HasMaxLength(40);
}
