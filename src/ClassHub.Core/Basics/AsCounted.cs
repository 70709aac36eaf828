using System.Globalization;

namespace ClassHub;

/// <summary>As people count: "Group 2" comes before "Group 10", whatever the case.</summary>
public sealed class AsCounted : IComparer<string>
{
    public static readonly AsCounted Order = new();
    private static readonly CompareInfo Letters = CultureInfo.InvariantCulture.CompareInfo;

    private AsCounted() { }

    public int Compare(string? x, string? y)
    {
        var order = Letters.Compare(x, y, CompareOptions.IgnoreCase | CompareOptions.NumericOrdering);
        return order != 0 ? order : string.CompareOrdinal(x, y);
    }
}
