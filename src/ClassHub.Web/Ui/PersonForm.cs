using ClassHub.People;

namespace ClassHub.Web.Ui;

/// <summary>The fields of a person, as the office fills them in.</summary>
public sealed class PersonForm
{
    public Role Role { get; set; } = Role.Pupil;
    public string? Forename { get; set; }
    public string? Surname { get; set; }
    public string? Title { get; set; }
    public string? YearGroup { get; set; }
    public string? SchoolKey { get; set; }
    public string? UserName { get; set; }
    public bool IsOffice { get; set; }
    public bool SendsUrgent { get; set; }
    public bool NeedsWords { get; set; }

    /// <summary>The role is chosen once, when the person is added.</summary>
    public bool IsNew { get; set; }
}
