using System.Security.Cryptography;
using NodaTime;

namespace ClassHub.School;

[Flags]
public enum SchoolDays { None = 0, Monday = 1, Tuesday = 2, Wednesday = 4, Thursday = 8, Friday = 16, Saturday = 32, Sunday = 64, MondayToFriday = 31 }

public static class DaysOfTheWeek
{
    public static bool Has(this SchoolDays days, DayOfWeek day) => days.HasFlag(day == DayOfWeek.Sunday ? SchoolDays.Sunday : (SchoolDays)(1 << ((int)day - 1)));
}

/// <summary>The one school of this installation: its name and its hours. All times of day are school time.</summary>
public sealed class SchoolProfile
{
    public const int OnlyId = 1;

    public int Id { get; private set; } = OnlyId;
    public string Name { get; private set; } = "";
    /// <summary>A zone of the tz database, such as Europe/London.</summary>
    public string TimeZone { get; private set; } = "Europe/London";
    /// <summary>The zone that the school changes to as soon as what lies ahead is worked out; all goes by <see cref="TimeZone"/> until then.</summary>
    public string? NextTimeZone { get; private set; }
    /// <summary>Up to which post that is done.</summary>
    public int ZoneMovesUpTo { get; private set; }
    public DateTimeOffset? ZoneChangedAt { get; private set; }
    public SchoolDays Days { get; private set; } = SchoolDays.MondayToFriday;
    /// <summary>When the school morning begins; the usual time for a post to appear.</summary>
    public TimeOnly Morning { get; private set; } = new(8, 30);
    /// <summary>From here until <see cref="QuietUntil"/> nobody is reminded of anything.</summary>
    public TimeOnly QuietFrom { get; private set; } = new(19, 0);
    public TimeOnly QuietUntil { get; private set; } = new(7, 0);
    /// <summary>How many hours of work a pupil's day may hold before teachers are warned; none: nobody is.</summary>
    public int? PlannedHours { get; private set; }
    public DateTimeOffset SetUpAt { get; private set; }
    /// <summary>What each person's device key is made from; never leaves the server.</summary>
    public byte[] DeviceSecret { get; private set; } = [];
    /// <summary>The private key (P-256, PKCS #8) with which the school says to browsers' makers that a message is its own (RFC 8292).</summary>
    public byte[] PushKey { get; private set; } = [];

    private SchoolProfile() { }

    public SchoolProfile(string name, string timeZone, SchoolDays days, TimeOnly morning, DateTimeOffset now)
    {
        MustBeZone(timeZone);
        TimeZone = timeZone;
        Change(name, days, morning);
        SetUpAt = now;
        DeviceSecret = RandomNumberGenerator.GetBytes(32);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        PushKey = key.ExportPkcs8PrivateKey();
    }

    /// <exception cref="RuleBroken">No name, or no school day.</exception>
    public void Change(string name, SchoolDays days, TimeOnly morning)
    {
        name = PlainText.Line(name, 100);
        if (name == "") throw new RuleBroken("Give the school a name.", "Name");
        if (days == SchoolDays.None) throw new RuleBroken("Choose at least one school day.", "Days");
        (Name, Days, Morning) = (name, days, morning);
    }

    /// <summary>Begins to change the zone.</summary>
    /// <exception cref="RuleBroken">An unknown one, or another change is under way.</exception>
    public void GoToZone(string timeZone)
    {
        MustBeZone(timeZone);
        if (NextTimeZone is { } next) throw new RuleBroken($"The school is changing to {next} just now. Choose another zone when that is done.", "TimeZone");
        if (timeZone != TimeZone) (NextTimeZone, ZoneMovesUpTo) = (timeZone, 0);
    }

    public void WorkedOutUpTo(int postId) => ZoneMovesUpTo = postId;

    /// <summary>What lies ahead is moved: the school goes by the new zone.</summary>
    public void ArriveInZone(DateTimeOffset now) => (TimeZone, NextTimeZone, ZoneMovesUpTo, ZoneChangedAt) = (NextTimeZone ?? TimeZone, null, 0, now);

    /// <exception cref="RuleBroken">Not a zone of the tz database.</exception>
    public static void MustBeZone(string timeZone)
    {
        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(timeZone) is null) throw new RuleBroken("Choose a time zone from the list.", "TimeZone");
    }

    /// <exception cref="RuleBroken">Not between one and eight.</exception>
    public void PlanHours(int? hours) => PlannedHours = hours is null or (>= 1 and <= 8) ? hours : throw new RuleBroken("A pupil’s day holds between one and eight hours.", "PlannedHours");
}

/// <summary>Days on which there is no school although the week says so. Both dates belong to it.</summary>
public sealed class Holiday
{
    public int Id { get; private set; }
    public string Name { get; private set; } = "";
    public DateOnly FirstOn { get; private set; }
    public DateOnly LastOn { get; private set; }

    private Holiday() { }

    /// <exception cref="RuleBroken">It ends before it begins, or lasts more than a year.</exception>
    public Holiday(string name, DateOnly firstOn, DateOnly lastOn)
    {
        if (firstOn.Year is < 2000 or > 2200) throw new RuleBroken("That holiday is too far away. Check its year.", "Holidays");
        if (lastOn < firstOn) throw new RuleBroken("A holiday ends after it begins.", "Holidays");
        if (lastOn > firstOn.AddYears(1)) throw new RuleBroken("A holiday of more than a year is probably a slip of the pen.", "Holidays");
        (Name, FirstOn, LastOn) = (PlainText.Line(name, 60), firstOn, lastOn);
    }
}
