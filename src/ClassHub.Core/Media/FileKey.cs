namespace ClassHub.Media;

/// <summary>A name we made ourselves. Nothing a user typed ever reaches the disk.</summary>
public readonly record struct FileKey(string Value)
{
    public static FileKey New() => new(RandomKey.Hex());

    /// <summary>Whether this could be one of our names; anything else never touches a path.</summary>
    public bool IsWellFormed => Value is { Length: 32 } && Value.All(char.IsAsciiHexDigitLower);
}
