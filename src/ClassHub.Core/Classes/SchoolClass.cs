namespace ClassHub.Classes;

/// <summary>Gives a class its exercise-book cover; a class without one has a neutral cover.</summary>
public enum Subject { Maths, English, Science, History, Geography, Music, Art, Computing, Languages, Sport, Religion }

/// <summary>A teaching group: "5 Maple", perhaps with a subject.</summary>
public sealed class SchoolClass
{
    public const int LongestName = 60;

    public int Id { get; private set; }
    public string Name { get; private set; } = "";
    public Subject? Subject { get; private set; }
    /// <summary>The school's own id of the class: the roster finds it by this.</summary>
    public string? SchoolKey { get; private set; }
    public DateTimeOffset CreatedAt { get; private set; }
    public DateTimeOffset? ArchivedAt { get; private set; }
    /// <summary>Grows with every change that all members see: posts, people, names.</summary>
    public long Stamp { get; private set; }
    /// <summary>Grows with every hand-in and mark, which only the teachers' pages show.</summary>
    public long WorkStamp { get; private set; }

    private SchoolClass() { }

    /// <exception cref="RuleBroken">No name.</exception>
    public SchoolClass(string name, Subject? subject, DateTimeOffset now, string? schoolKey = null)
    {
        (CreatedAt, SchoolKey) = (now, schoolKey);
        Rename(name, subject);
    }

    public string FullName => Called(Name, Subject);
    public bool IsArchived => ArchivedAt is not null;

    /// <summary>"5 Maple · Maths"; a class that already names its subject is not told twice.</summary>
    public static string Called(string name, Subject? subject) =>
        subject is null || name.Contains(subject.Value.ToString(), StringComparison.OrdinalIgnoreCase) ? name : $"{name} · {subject}";

    public void Rename(string name, Subject? subject)
    {
        name = PlainText.Line(name, LongestName);
        if (name == "") throw new RuleBroken("Give the class a name.", "Name");
        (Name, Subject) = (name, subject);
    }

    public void Archive(DateTimeOffset now) => ArchivedAt ??= now;
    public void Restore() => ArchivedAt = null;
}
