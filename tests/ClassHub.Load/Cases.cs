using ClassHub.Load.Driving;
using ClassHub.Load.Seeding;

namespace ClassHub.Load;

/// <summary>What is measured, in the order of the table.</summary>
public sealed class Cases(Sessions sessions, int port)
{
    public const string Empty = "empty page, same layout";

    private static readonly byte[] BareRequest = Requests.Get("/", null);
    public static readonly Case Bare = new("bare Kestrel endpoint", 200, (_, _) => BareRequest) { IsBare = true };

    public IEnumerable<Case> Reading()
    {
        var pupils = sessions.Pupils;
        yield return Case.Of(Empty, [.. pupils.Select(s => Requests.Get("/load/empty", s))]);
        yield return Case.Of("Today (pupil)", [.. pupils.Select(s => Requests.Get("/", s))]);
        yield return Case.Of("Today, unchanged (304)", Again("/"), 304);
        yield return Case.Of("class page (pupil)", [.. pupils.Select(s => Requests.Get(Class(s), s))]);
        yield return Case.Of("class page, unchanged (304)", Again(null), 304);
        yield return Case.Of("class page (teacher)", [.. sessions.Teachers.Select(s => Requests.Get(Class(s), s))]);
        yield return Case.Of("task page (pupil)", [.. Forms().Select(f => Requests.Get(f.TaskPath, f.Session))]);
        yield return Case.Of("Today, class with 200 posts", [Requests.Get("/", sessions.FewPosts)]);
        yield return Case.Of("Today, class with 20,000 posts", [Requests.Get("/", sessions.ManyPosts)]);
        yield return Case.Of("class page, 200 posts", [Requests.Get(Class(sessions.FewPosts), sessions.FewPosts)]);
        yield return Case.Of("class page, 20,000 posts", [Requests.Get(Class(sessions.ManyPosts), sessions.ManyPosts)]);
    }

    /// <summary>Each connection hands in for pupils of its own, a new version each time.</summary>
    public Case HandingIn()
    {
        var forms = Forms();
        return new("text hand-in (durable)", 302, (connection, turn) => forms[(connection + turn * 32) % forms.Length].Press()) { IsWriting = true };
    }

    private static string Class(Session session) => $"/classes/{session.ClassId}";

    private byte[][] Again(string? path)
    {
        using var connection = new Connection(port);
        return [.. sessions.Pupils.Select(s => Requests.GetAgain(connection, path ?? Class(s), s))];
    }

    private HandInForm[] Forms()
    {
        using var connection = new Connection(port);
        return [.. sessions.Pupils.Select(s => Requests.OpenTask(connection, s)).OfType<HandInForm>()];
    }
}
