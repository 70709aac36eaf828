namespace ClassHub.Classes;

/// <summary>Who may change a class and its people.</summary>
public static class MayInClass
{
    /// <summary>Its teachers and the office see and change pupils, groups, codes and requests.</summary>
    public static bool MayManagePeople(this MyClass me) => !me.IsLearner;

    /// <summary>Staff plan and mark over their classes; the office only when it teaches.</summary>
    public static bool MayTeach(this Viewer viewer) => viewer.IsStaff && (viewer.Teaches.Length > 0 || !viewer.IsOffice);

    /// <summary>Only the first teacher or the office decides who else teaches.</summary>
    public static bool MayChangeTeachers(this Viewer viewer) => viewer.Me.IsFirst || viewer.IsOffice;

    /// <summary>Pupils join classes, and people whom the school does not know yet. Staff are added by the office or the first teacher.</summary>
    public static bool MayUseJoinCode(Viewer? viewer) => viewer is null || viewer.IsPupil;
}
