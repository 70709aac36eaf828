namespace ClassHub.Browser.Tests.Looking;

/// <summary>Who walks through the school, where they begin and which kinds of pages they must have met.</summary>
public static class Someone
{
    private static readonly string[] SignedIn = ["/", "/classes", "/news", "/me", "/me/sessions", "/me/password", "/me/calendar", "/calendar", "/search?q=fractions", "/logout", "/nowhere"];
    private static readonly string[] OfAClass = ["/classes/n", "/classes/n/work", "/classes/n/people", "/classes/n/bin", "/classes/n/posts/new", "/classes/n/posts/n", "/classes/n/posts/n/edit", "/classes/n/tasks/n", "/classes/n/tasks/n/mark/n",
        "/classes/n/tasks/n/paper", "/classes/n/edit", "/classes/n/groups", "/classes/n/joincodes", "/classes/n/members", "/classes/n/requests/n", "/classes/n/posts/n/dates", "/classes/n/posts/n/repeat", "/classes/n/pupils/n/guardians", "/classes/n/tasks/n/remind"];

    public static string[] Begins(string name) => name switch
    {
        "amira" => [.. SignedIn, "/work", "/join", "/device"],
        "okafor" => [.. SignedIn, "/to-mark", "/plan", "/plan/day", "/plan/copy", "/plan/shift?Days=1&Look=true", "/me/messages"],
        "admin" => [.. SignedIn, "/admin", "/admin/people", "/admin/people/new", "/admin/classes", "/admin/classes/new", "/admin/roster", "/admin/audit", "/admin/settings", "/admin/settings/timetable", "/admin/guardians", "/admin/backup", "/receipts"],
        _ => ["/login", "/join", "/nowhere", "/"],
    };

    public static string[] Meets(string name) => name switch
    {
        "amira" => [.. Paths(name), "/classes/n", "/classes/n/work", "/classes/n/tasks/n", "/classes/n/tasks/n/receipt/x", "/files/x/words"],
        "okafor" => [.. Paths(name), .. OfAClass, "/files/x/words", "/files/x/words/edit"],
        "admin" => [.. Paths(name), "/admin/people/n", "/admin/roster/n", "/classes/n/people", "/classes/n/staff"],
        _ => [.. Paths(name)],
    };

    private static IEnumerable<string> Paths(string name) => Begins(name).Select(address => address.Split('?')[0]);
}
