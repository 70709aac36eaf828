using ClassHub.People;

namespace ClassHub.Classes;

/// <summary>A class as one of its members sees it in the list of classes.</summary>
public sealed record MyClass(int ClassId, string Name, Subject? Subject, bool IsTeacher, bool IsFirst, bool IsArchived, long Stamp, long WorkStamp)
{
    public bool IsPupil => IsLearner && ChildId is null && !IsFormer;
    /// <summary>The pupil whose guardian looks at the class; it shows what that pupil sees.</summary>
    public int? ChildId { get; init; }
    /// <summary>Was a pupil here, or looks after one who was: what was handed in stays theirs, nothing else of the class does.</summary>
    public bool IsFormer { get; init; }
    /// <summary>A pupil, or who looks after one.</summary>
    public bool IsLearner => !IsTeacher && !IsOfficeOnly;
    /// <summary>The office looks at a class without belonging to it.</summary>
    public bool IsOfficeOnly { get; init; }
    public string FullName => SchoolClass.Called(Name, Subject);
}

/// <summary>A pupil whom this guardian looks after.</summary>
public sealed record Child(int PupilId, string Forename, long Stamp);

/// <summary>Who asks, what they belong to, and the moment at which they asked: lateness counts from here, not from the end of a slow upload.</summary>
public sealed class Viewer(int personId, string name, Role role, bool isOffice, IReadOnlyList<MyClass> classes, DateTimeOffset now)
{
    public int PersonId => personId;
    public string Name => name;
    public Role Role => role;
    public bool IsOffice => isOffice;
    public bool IsPupil => role == Role.Pupil;
    public bool IsStaff => role == Role.Staff;
    public bool IsGuardian => role == Role.Guardian;
    /// <summary>Of a guardian; nobody else has any.</summary>
    public IReadOnlyList<Child> Children { get; init; } = [];
    /// <summary>Whose posts and work these eyes may see as a pupil's own: mine, or those of my children.</summary>
    public int[] SeesFor => IsGuardian ? [.. Children.Select(c => c.PupilId)] : [personId];
    public DateTimeOffset Now => now;
    /// <summary>Current classes first by name; archived ones are in here too, as they stay readable.</summary>
    public IReadOnlyList<MyClass> Classes => classes;
    public int[] Teaches { get; } = [.. classes.Where(c => c.IsTeacher).Select(c => c.ClassId)];
    public int[] Learns { get; } = [.. classes.Where(c => !c.IsTeacher && !c.IsArchived).Select(c => c.ClassId).Distinct()];

    /// <summary>This person in the class that the address names.</summary>
    /// <exception cref="InvalidOperationException">The page's address names no class: a page that forgets stays closed.</exception>
    public MyClass Me => me ?? throw new InvalidOperationException("This page's address names no class.");
    private MyClass? me;

    public void EnterClass(MyClass asMember) => me = asMember;
    /// <param name="childId">The one whom a guardian with several in the class means; whoever is not theirs, or not in the class, leads nowhere.</param>
    public MyClass? In(int classId, int? childId = null) => classes.FirstOrDefault(c => c.ClassId == classId
        && (childId is null || !IsGuardian || c.ChildId == childId));
    /// <summary>Whose work the pages of this class show: mine, or my child's.</summary>
    public int WorkOf => Me.ChildId ?? personId;
}
