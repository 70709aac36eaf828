namespace ClassHub.People;

public enum Role { Pupil, Staff, Guardian }

/// <summary>A human of the school. May exist without an account: a newcomer in the roster, a child on paper.</summary>
public sealed class Person
{
    public const int LongestName = 60;

    public int Id { get; private set; }
    public string Forename { get; private set; } = "";
    public string Surname { get; private set; } = "";
    /// <summary>"Mr", "Ms", "Dr": how pupils address staff. Pupils have none.</summary>
    public string? Title { get; private set; }
    public Role Role { get; private set; }
    /// <summary>Staff who may manage people, classes and settings: the school office.</summary>
    public bool IsOffice { get; private set; }
    /// <summary>Staff whom the office named to send urgent messages: the school is closed.</summary>
    public bool SendsUrgent { get; private set; }
    /// <summary>The school's own id (UPN, admission number, OneRoster sourcedId): the roster finds a person by it.</summary>
    public string? SchoolKey { get; private set; }
    /// <summary>"Year 5", as the school's own system writes it.</summary>
    public string? YearGroup { get; private set; }
    /// <summary>Whether this pupil needs the words with sound and video. Why, is the office's to know.</summary>
    public bool NeedsWords { get; private set; }
    public DateTimeOffset CreatedAt { get; private set; }
    public DateTimeOffset? DisabledAt { get; private set; }
    /// <summary>Wants the smallest version of everything, on whatever device.</summary>
    public bool SavesData { get; private set; }
    /// <summary>Grows with every change that this person's own pages show; part of their pages' version.</summary>
    public long Stamp { get; private set; }

    private Person() { }

    /// <exception cref="RuleBroken">A name is missing.</exception>
    public Person(Role role, string forename, string surname, DateTimeOffset now, string? schoolKey = null, string? yearGroup = null, string? title = null)
    {
        (Role, CreatedAt, SchoolKey) = (role, now, OrNull(schoolKey, 80));
        Rename(forename, surname, title);
        YearGroup = OrNull(yearGroup, 30);
    }

    public string Name => $"{Forename} {Surname}";
    public bool IsDisabled => DisabledAt is not null;

    /// <summary>"Mr Okafor" for staff with a title, else the full name: how a person is called where pupils read it.</summary>
    public static string CalledBy(string? title, string forename, string surname) => title is null ? $"{forename} {surname}" : $"{title} {surname}";

    /// <exception cref="RuleBroken">A name is missing.</exception>
    public void Rename(string forename, string surname, string? title)
    {
        forename = PlainText.Line(forename, LongestName);
        surname = PlainText.Line(surname, LongestName);
        if (forename == "") throw new RuleBroken("Write a first name.", "Forename");
        if (surname == "") throw new RuleBroken("Write a last name.", "Surname");
        (Forename, Surname, Title) = (forename, surname, Role == Role.Staff ? OrNull(title, 20) : null);
    }

    public void MoveToYear(string? yearGroup) => YearGroup = OrNull(yearGroup, 30);
    public void NeedWords(bool needs) => NeedsWords = needs && Role == Role.Pupil;
    public void TakeSchoolKey(string? key) => SchoolKey = OrNull(key, 80);

    /// <exception cref="RuleBroken">Only staff can be the office.</exception>
    public void MakeOffice(bool isOffice)
    {
        if (isOffice && Role != Role.Staff) throw new RuleBroken("Only a member of staff can work in the office.");
        IsOffice = isOffice;
    }

    public void LetSendUrgent(bool may) => SendsUrgent = may && Role == Role.Staff;
    public void SaveData(bool saves) => SavesData = saves;
    public void Disable(DateTimeOffset now) => DisabledAt ??= now;
    public void Enable() => DisabledAt = null;

    private static string? OrNull(string? typed, int most) => PlainText.Line(typed, most) is { Length: > 0 } text ? text : null;
}
