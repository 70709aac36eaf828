using System.Globalization;

namespace ClassHub.People;

public enum Role { Pupil, Staff, Guardian }

/// <summary>A human of the school. May exist without an account: a newcomer in the roster, a child on paper.</summary>
public sealed class Person
{
    /// <summary>Of each of the two names, in letters as a reader counts them.</summary>
    public const int LongestName = 100;
    /// <summary>Of each of the two names, in characters: some letters take several.</summary>
    public const int LongestKeptName = 300;

    public int Id { get; private set; }
    /// <summary>The first name, or the only one.</summary>
    public string Forename { get; private set; } = "";
    /// <summary>Empty for those who have one name.</summary>
    public string Surname { get; private set; } = "";
    /// <summary>Both names, as they are shown.</summary>
    public string Name { get; private set; } = "";
    /// <summary>The surname, then the first name, as lists are put in order: in the same order on both engines, whatever their collation.</summary>
    public string SortName { get; private set; } = "";
    /// <summary>The words by which staff find the person: of the names and the school's own id; none for a row from before they were kept.</summary>
    public string? Words { get; private set; }
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

    /// <exception cref="RuleBroken">No name, or a very long one.</exception>
    public Person(Role role, string forename, string surname, DateTimeOffset now, string? schoolKey = null, string? yearGroup = null, string? title = null)
    {
        (Role, CreatedAt, SchoolKey) = (role, now, OrNull(schoolKey, 80));
        Rename(forename, surname, title);
        YearGroup = OrNull(yearGroup, 30);
    }

    public bool IsDisabled => DisabledAt is not null;

    /// <summary>"Amira Haddad", or the one name that there is.</summary>
    public static string FullName(string forename, string surname) => $"{forename} {surname}".Trim();

    /// <summary>"Mr Okafor" for staff with a title, else the full name: how a person is called where pupils read it.</summary>
    public static string CalledBy(string? title, string forename, string surname) =>
        title is null ? FullName(forename, surname) : $"{title} {(surname == "" ? forename : surname)}";

    /// <summary>The names as they are kept. One is enough, wherever it was written; a sign that stands for a missing name is none.</summary>
    public static (string Forename, string Surname) Names(string? forename, string? surname)
    {
        var (first, last) = (OneName(forename), OneName(surname));
        return first == "" ? (last, "") : (first, last);
    }

    private static string OneName(string? typed) =>
        PlainText.Line(typed, int.MaxValue) is var name && name.Any(c => char.IsLetterOrDigit(c) || char.IsSurrogate(c)) ? name : "";

    public static bool IsTooLong(string name) => name.Length > LongestKeptName || new StringInfo(name).LengthInTextElements > LongestName;

    /// <exception cref="RuleBroken">No name, or a very long one.</exception>
    public void Rename(string? forename, string? surname, string? title)
    {
        var (first, last) = Names(forename, surname);
        if (first == "") throw new RuleBroken("Write a name. One is enough.", "Forename");
        if (IsTooLong(first)) throw new RuleBroken($"A name has at most {LongestName} letters.", "Forename");
        if (IsTooLong(last)) throw new RuleBroken($"A name has at most {LongestName} letters.", "Surname");
        (Forename, Surname, Title) = (first, last, Role == Role.Staff ? OrNull(title, 20) : null);
        KeepWords();
    }

    public void KeepWords()
    {
        if (Names(Forename, Surname) is { Forename: not "" } names) (Forename, Surname) = names;       // before one name was enough, a sign stood for the other
        Name = FullName(Forename, Surname);
        SortName = Fold.ForOrder(Surname, Forename);
        Words = Fold.Words(Name, SchoolKey);
    }

    public void MoveToYear(string? yearGroup) => YearGroup = OrNull(yearGroup, 30);
    public void NeedWords(bool needs) => NeedsWords = needs && Role == Role.Pupil;
    public void TakeSchoolKey(string? key)
    {
        SchoolKey = OrNull(key, 80);
        KeepWords();
    }


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
