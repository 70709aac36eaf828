namespace ClassHub;

/// <summary>A rule of the school was broken; the message is a plain sentence for the person who tried.</summary>
/// <param name="sentence">What happened and what to do next, in words a user can act on.</param>
/// <param name="field">The form field it belongs beside, when there is one.</param>
public class RuleBroken(string sentence, string? field = null) : Exception(sentence)
{
    public string? Field { get; } = field;
}
