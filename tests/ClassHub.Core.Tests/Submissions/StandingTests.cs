using ClassHub.Submissions;
using CsCheck;

namespace ClassHub.Tests.Submitting;

/// <summary>The one home of late, missing, excused, owed and closed.</summary>
public sealed class StandingTests
{
    private static readonly DateTimeOffset Now = Everybody.MondayNine;
    private static DateTimeOffset? Hours(int? from) => from is { } hours ? Now.AddHours(hours) : null;

    // Minutes from the deadline: begun, arrived, what counts.
    [Theory]
    [InlineData(-5, +10, -5)]
    [InlineData(-40, +14, -40)]
    [InlineData(-5, +15, -5)]
    [InlineData(-5, +16, +16)]
    [InlineData(-5, -1, -1)]
    [InlineData(0, +5, 0)]
    [InlineData(+1, +5, +5)]
    [InlineData(null, +5, +5)]
    public void Work_that_began_to_arrive_before_the_deadline_has_a_quarter_of_an_hour(int? begun, int arrived, int counts)
    {
        foreach (var isClosing in new[] { false, true })
        {
            var standing = new Standing { Now = Now, DueAt = isClosing ? Now.AddDays(-1) : Now, CloseAt = isClosing ? Now : null };

            Assert.Equal(Now.AddMinutes(counts), standing.CountsFrom(begun is { } b ? Now.AddMinutes(b) : null, Now.AddMinutes(arrived)));
        }
    }

    // Due, close, extended, handed in, returned: in hours from now.
    [Theory]
    [InlineData(null, null, null, null, null, false, false, "owed may-hand-in")]
    [InlineData(+1, null, null, null, null, false, false, "owed may-hand-in")]
    [InlineData(0, null, null, null, null, false, false, "owed may-hand-in")]
    [InlineData(-1, null, null, null, null, false, false, "owed missing may-hand-in")]
    [InlineData(-2, -1, null, null, null, false, false, "owed missing closed")]
    [InlineData(-1, +1, null, null, null, true, false, "may-hand-in")]
    [InlineData(-1, null, +2, null, null, false, false, "owed may-hand-in")]
    [InlineData(-3, -2, +2, null, null, false, false, "owed may-hand-in")]
    [InlineData(-3, -2, -1, null, null, false, false, "owed missing closed")]
    [InlineData(-1, null, null, -2, null, false, false, "may-hand-in may-take-back")]
    [InlineData(-2, null, null, -2, null, false, false, "may-hand-in may-take-back")]
    [InlineData(-2, null, null, -1, null, false, false, "late may-hand-in may-take-back")]
    [InlineData(-3, null, -1, -2, null, false, false, "may-hand-in may-take-back")]
    [InlineData(-3, -1, null, -2, null, false, false, "late closed")]
    [InlineData(-3, null, null, -4, -1, false, false, "")]
    [InlineData(-3, -2, null, -4, -1, false, true, "owed may-hand-in")]
    public void What_a_pupil_reads(int? due, int? close, int? extended, int? handedIn, int? returned, bool excused, bool askedAgain, string words)
    {
        var s = new Standing
        {
            Now = Now,
            DueAt = Hours(due),
            CloseAt = Hours(close),
            ExtendedTo = Hours(extended),
            HandedInAt = Hours(handedIn),
            ReturnedAt = Hours(returned),
            IsExcused = excused,
            IsAskedAgain = askedAgain,
        };

        var said = new (bool Is, string Word)[]
        {
            (s.IsOwed, "owed"), (s.IsMissing, "missing"), (s.IsLate, "late"), (s.IsClosed, "closed"), (s.MayHandIn, "may-hand-in"), (s.MayTakeBack, "may-take-back"),
        };
        Assert.Equal(words, string.Join(" ", said.Where(w => w.Is).Select(w => w.Word)));
    }

    [Theory]
    [InlineData("12:17:00", false)]
    [InlineData("12:17:20", false)]
    [InlineData("12:17:59.999", false)]
    [InlineData("12:18:00", true)]
    public void A_typed_deadline_ends_with_its_minute(string handedIn, bool isLate)
    {
        var day = Now.Date;
        var at = new DateTimeOffset(day + TimeSpan.Parse(handedIn, System.Globalization.CultureInfo.InvariantCulture), TimeSpan.Zero);
        var due = new DateTimeOffset(day.AddHours(12).AddMinutes(17), TimeSpan.Zero);
        Standing At(Standing s) => s with { Now = at };

        Assert.Equal(isLate, At(new Standing { Now = at, DueAt = due, HandedInAt = at }).IsLate);
        Assert.Equal(isLate, At(new Standing { Now = at, DueAt = due }).IsMissing);
        Assert.Equal(!isLate, At(new Standing { Now = at, DueAt = due, CloseAt = due }).MayHandIn);
        Assert.Equal(isLate, At(new Standing { Now = at, DueAt = due.AddHours(-1), ExtendedTo = due, HandedInAt = at }).IsLate);
        Assert.Equal(isLate ? null : due.AddMinutes(1), At(new Standing { Now = at, DueAt = due }).NextMoment);
    }

    [Fact]
    public void More_time_never_becomes_less()
    {
        var extended = new Standing { Now = Now, DueAt = Now.AddHours(1), ExtendedTo = Now.AddHours(5) };

        Assert.Equal(Now.AddHours(5), extended.Due);
        Assert.Equal(Now.AddHours(9), (extended with { DueAt = Now.AddHours(9) }).Due);
        Assert.Null((extended with { DueAt = null }).Due);
    }

    [Fact]
    public void Feedback_is_pending_for_the_pupil_until_it_can_be_taken_back_no_more()
    {
        var given = new Standing { Now = Now, HandedInAt = Now.AddHours(-1), ReturnedAt = Now + Undo.Lasts, IsAskedAgain = true };

        Assert.Equal((WorkState.HandedIn, true, Now + Undo.Lasts), (given.State, given.MayTakeBack, given.NextMoment));
        Assert.Equal(WorkState.TryAgain, (given with { IsForTeacher = true }).State);
        Assert.Equal((WorkState.TryAgain, null), ((given with { Now = Now + Undo.Lasts }).State, (given with { Now = Now + Undo.Lasts }).NextMoment));
    }

    private static Gen<int?> Perhaps(int latest) => Gen.Int[-50, latest + 15].Select(hours => hours > latest ? (int?)null : hours);

    private static readonly Gen<Standing> Any =
        from times in Gen.Select(Perhaps(50), Perhaps(50), Perhaps(50), Perhaps(0), Perhaps(0))
        from flags in Gen.Select(Gen.Bool, Gen.Bool, Gen.Bool, Gen.Bool)
        let handedIn = Hours(times.Item4)
        select new Standing
        {
            Now = Now,
            DueAt = Hours(times.Item1),
            CloseAt = Hours(times.Item2),
            ExtendedTo = Hours(times.Item3),
            HandedInAt = handedIn,
            ReturnedAt = handedIn is null ? null : Hours(times.Item5),
            IsExcused = flags.Item1,
            HasDraft = flags.Item2,
            IsAskedAgain = handedIn is not null && times.Item5 is not null && flags.Item3,
            IsSecondTry = flags.Item4,
        };

    [Fact]
    public void Missing_is_owed_and_overdue_and_nothing_handed_in_is_missing() => Any.Sample(s =>
        (!s.IsMissing || (s.IsOwed && s.IsOverdue && !s.IsExcused)) && !(s.IsHandedIn && (s.IsMissing || s.IsOwed)), iter: 10_000);

    [Fact]
    public void After_try_again_the_door_is_open_and_what_comes_is_not_late() => Any.Sample(s =>
        !s.IsAskedAgain || (s.MayHandIn && !s.IsClosed && !s.IsMissing && !(s with { IsSecondTry = true }).IsLate), iter: 10_000);

    [Fact]
    public void A_longer_deadline_never_makes_it_worse() => Any.Sample(s =>
    {
        if (s.DueAt is not { } due) return true;
        var longer = s with { ExtendedTo = due.AddHours(5) };
        var plain = s with { ExtendedTo = null };
        return (!longer.IsLate || plain.IsLate) && (!longer.IsMissing || plain.IsMissing) && (!longer.IsClosed || plain.IsClosed);
    }, iter: 10_000);

    [Fact]
    public void Being_excused_takes_nothing_away() => Any.Sample(s =>
        (s with { IsExcused = true }).MayHandIn == (s with { IsExcused = false }).MayHandIn && !(s with { IsExcused = true }).IsMissing, iter: 10_000);

    [Fact]
    public void Only_work_that_may_still_come_can_be_taken_back() => Any.Sample(s => !s.MayTakeBack || s.MayHandIn, iter: 10_000);
}
