using ClassHub.People;

namespace ClassHub.Classes;

/// <summary>Some pupils of a class: "Otters". A post can be for a group.</summary>
public sealed class PupilGroup
{
    public int Id { get; private set; }
    public int ClassId { get; private set; }
    public string Name { get; private set; } = "";

    private PupilGroup() { }
    public PupilGroup(int classId, string name)
    {
        ClassId = classId;
        Rename(name);
    }

    public void Rename(string name)
    {
        Name = PlainText.Line(name, 40);
        if (Name == "") throw new RuleBroken("Give the group a name.", "GroupName");
    }
}

public sealed class PupilGroupMember
{
    public int GroupId { get; private set; }
    public PupilGroup Group { get; private set; } = null!;
    public int PersonId { get; private set; }
    public Person Person { get; private set; } = null!;

    private PupilGroupMember() { }
    public PupilGroupMember(int groupId, int personId) => (GroupId, PersonId) = (groupId, personId);
}
