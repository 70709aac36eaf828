namespace ClassHub.Posts;

/// <summary>How what a teacher typed is read. A post keeps the rules it was written under until it is written anew.</summary>
public enum WritingRules
{
    /// <summary>Plain Markdown, as posts were read until November 2026.</summary>
    First,
    /// <summary>A sign before a number is a sign, a numbered line a step only in a list that counts, nothing is emphasised inside a word.</summary>
    Second,
}

/// <summary>A picture among the post's own files, as the text may show it.</summary>
public sealed record TextPicture(string Name, string Address, int? Width = null, int? Height = null);

/// <summary>What a teacher typed, and what it needs to be shown.</summary>
/// <param name="Formulae">As <see cref="Post.Formulae"/> keeps them.</param>
public sealed record Written(string Text, WritingRules Rules = WritingRules.Second, string? Formulae = null)
{
    public IReadOnlyList<TextPicture> Pictures { get; init; } = [];
    /// <summary>Takes down each formula that is met.</summary>
    internal ICollection<string>? Wanted { get; init; }
}
