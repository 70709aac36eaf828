namespace ClassHub.Browser.Tests.Looking;

/// <summary>Who walks through the school, where they begin and which kinds of pages they must have met.</summary>
public static class Someone
{
    public static readonly string[] Names = ["amira", "okafor", "nair", "admin", "nobody"];

    private static readonly string[] SignedIn = ["/", "/classes", "/news", "/me", "/me/sessions", "/me/password", "/logout", "/nowhere"];
    private static readonly string[] OfAClass = ["/classes/n", "/classes/n/work", "/classes/n/people", "/classes/n/bin", "/classes/n/posts/new", "/classes/n/posts/n", "/classes/n/posts/n/edit", "/classes/n/tasks/n", "/classes/n/tasks/n/mark/n",
        "/classes/n/tasks/n/paper", "/classes/n/edit", "/classes/n/groups", "/classes/n/joincodes", "/classes/n/members", "/classes/n/requests/n"];

    public static string[] Begins(string name) => name switch
    {
        "amira" => [.. SignedIn, "/work", "/join", "/device"],
        "okafor" or "nair" => [.. SignedIn, "/to-mark"],
        "admin" => [.. SignedIn, "/admin", "/admin/people", "/admin/people/new", "/admin/classes", "/admin/classes/new", "/admin/roster", "/admin/audit", "/admin/settings", "/admin/backup", "/receipts"],
        _ => ["/login", "/join", "/nowhere", "/"],
    };

    public static string[] Meets(string name) => name switch
    {
        "amira" => [.. Begins(name), "/classes/n", "/classes/n/work", "/classes/n/tasks/n", "/classes/n/tasks/n/receipt/x", "/files/x/words"],
        "okafor" => [.. Begins(name), .. OfAClass, "/files/x/words", "/files/x/words/edit"],
        "admin" => [.. Begins(name), "/admin/people/n", "/admin/roster/n", "/classes/n/people", "/classes/n/staff"],
        _ => Begins(name),
    };
}
