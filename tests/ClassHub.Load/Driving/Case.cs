namespace ClassHub.Load.Driving;

/// <summary>One line of the table: what is asked, and what the answer must be.</summary>
public sealed record Case(string Name, int Expected, Func<int, int, byte[]> Next)
{
    public bool IsBare { get; init; }
    public bool IsWriting { get; init; }

    public static Case Of(string name, byte[][] requests, int expected = 200) =>
        new(name, expected, (connection, turn) => requests[(connection * 37 + turn) % requests.Length]);
}
