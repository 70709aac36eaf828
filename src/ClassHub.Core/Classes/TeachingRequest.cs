using ClassHub.People;

namespace ClassHub.Classes;

/// <summary>Somebody of the office asks to teach a class in which pupils have handed in. Until a teacher of it agrees they open work as the office does: with a stated reason each time.</summary>
public sealed class TeachingRequest
{
    public int Id { get; private set; }
    public int ClassId { get; private set; }
    public int PersonId { get; private set; }
    public Person Person { get; private set; } = null!;
    /// <summary>As typed, at most 500 characters.</summary>
    public string Reason { get; private set; } = "";
    public DateTimeOffset AskedAt { get; private set; }
    public DateTimeOffset? AnsweredAt { get; private set; }

    private TeachingRequest() { }

    /// <exception cref="RuleBroken">No reason.</exception>
    public TeachingRequest(int classId, int personId, string? reason, DateTimeOffset now)
    {
        if (PlainText.Line(reason, 500) is not { Length: >= 5 } words) throw new RuleBroken("Say in a few words why you teach this class now. Its teachers read it.", "Reason");
        (ClassId, PersonId, Reason, AskedAt) = (classId, personId, words, now);
    }

    public void Answer(DateTimeOffset now) => AnsweredAt = now;
}
