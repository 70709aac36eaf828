namespace ClassHub.Load.Seeding;

/// <summary>How big the school is. Every pupil is in <see cref="ClassesAPupil"/> classes.</summary>
public sealed record SchoolSize(string Name, int Classes, int Pupils, int Submissions)
{
    public const int PostsAClass = 200, ClassesAPupil = 5, Sessions = 320, TeacherSessions = 32, PostsInTheBigClass = 20_000;

    public static readonly SchoolSize Large = new("large", 300, 9_000, 500_000);
    public static readonly SchoolSize Small = new("small", 30, 900, 50_000);
    /// <summary>1,500 pupils take part in the rush, a hundred hand in before.</summary>
    public static readonly SchoolSize Rush = new("rush", 50, 1_600, 50_000);

    public int Teachers => Classes / 2;
    public int PupilsAClass => Pupils * ClassesAPupil / Classes;
}
