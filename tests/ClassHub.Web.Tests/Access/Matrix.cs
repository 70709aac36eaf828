using System.Text.RegularExpressions;

namespace ClassHub.Web.Tests.Access;

/// <summary>authorisation.csv: what each role gets for each kind of request. The cells: 200 let in, own = the actor's own object only,
/// aud = after a reason that is kept, 401 sign in first, 403 not this verb, 404 hidden.</summary>
internal static partial class Matrix
{
    /// <summary>Rows whose pages come later. A row leaves this list with the page that fulfils it.</summary>
    public static readonly IReadOnlySet<string> NotBuiltYet = new HashSet<string>
    {
        "R06",                                      // own data export
        "R31",                                      // download all
        "R34", "R35", "R36",                        // questions
        "R46", "R48", "R49",                        // pupil card, concerns
        "R50", "R51", "R52",                        // live rooms
        "R58",                                      // bulk export
    };

    /// <summary>Rows that another row's endpoint fulfils: setting a task is posting.</summary>
    public static readonly IReadOnlySet<string> FulfilledElsewhere = new HashSet<string> { "R17", "R23" };

    public static readonly IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Rows = Read();

    private static Dictionary<string, IReadOnlyDictionary<string, string>> Read()
    {
        var lines = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "Access/authorisation.csv")).Select(Fields).ToList();
        return lines.Skip(1).ToDictionary(row => row[0], row => (IReadOnlyDictionary<string, string>)lines[0].Zip(row).ToDictionary(cell => cell.First, cell => cell.Second));
    }

    private static List<string> Fields(string line) => [.. Field().Matches(line).Select(m => m.Groups[1].Value.Trim('"'))];

    [GeneratedRegex("""(?<=^|,)("[^"]*"|[^,]*)""")]
    private static partial Regex Field();
}
