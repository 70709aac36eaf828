using ClassHub.People;

namespace ClassHub.Classes;

/// <summary>A person belongs to a class, as pupil or as teacher, from the moment the row is there until it is gone.</summary>
public sealed class Membership
{
    public int ClassId { get; private set; }
    public SchoolClass Class { get; private set; } = null!;
    public int PersonId { get; private set; }
    public Person Person { get; private set; } = null!;
    public bool IsTeacher { get; private set; }
    /// <summary>The first teacher may add and remove co-teachers.</summary>
    public bool IsFirst { get; private set; }
    public DateTimeOffset JoinedAt { get; private set; }
    /// <summary>The teacher who put a pupil in by hand, without roster, office or the pupil's own request: such a class cannot make that pupil a new password.</summary>
    public int? AddedById { get; private set; }

    private Membership() { }

    /// <exception cref="RuleBroken">Only staff teach, only pupils learn.</exception>
    public Membership(SchoolClass @class, Person person, bool isTeacher, bool isFirst, DateTimeOffset now, int? addedById = null)
    {
        if (isTeacher != (person.Role == Role.Staff)) throw new RuleBroken(isTeacher ? "Only staff can teach a class." : "Only pupils can learn in a class.");
        (Class, Person, IsTeacher, IsFirst, JoinedAt) = (@class, person, isTeacher, isTeacher && isFirst, now);
        (ClassId, PersonId, AddedById) = (@class.Id, person.Id, addedById);
    }

    public void MakeFirst(bool isFirst) => IsFirst = isFirst && IsTeacher;
}
