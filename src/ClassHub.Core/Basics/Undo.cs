namespace ClassHub;

/// <summary>How long a press can be taken back as if it had never been. What others see of it, or are told of it, comes only then.</summary>
public static class Undo
{
    public static readonly TimeSpan Lasts = TimeSpan.FromSeconds(30);
}
