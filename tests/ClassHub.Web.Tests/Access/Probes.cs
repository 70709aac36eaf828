using System.Text.RegularExpressions;

namespace ClassHub.Web.Tests.Access;

/// <summary>How to ask an endpoint so that a person who may is let in. A page whose address says everything needs no line here;
/// a form that names what it is about does. Words in braces stand for the objects of the <see cref="World"/>; those that begin with "any" are somebody whom it makes no difference to name.</summary>
internal static partial class Probes
{
    public static readonly IReadOnlyDictionary<string, string> Forms = new Dictionary<string, string>
    {
        ["POST /me/sessions"] = "id={sessionId}",
        ["POST /classes/{classId}/members"] = "personId={anyPupilId}",
        ["POST /classes/{classId}/members?handler=Remove"] = "personId={pupilId}",
        ["POST /classes/{classId}/members?handler=PutBack"] = "personId={anyPupilId}",
        ["POST /classes/{classId}/people?handler=LetIn"] = "personId={pupilId}",
        ["POST /classes/{classId}/staff"] = "personId={anyStaffId}",
        ["POST /classes/{classId}/staff?handler=Remove"] = "personId={anyStaffId}",
        ["POST /classes/{classId}/staff?handler=First"] = "personId={anyStaffId}",
        ["POST /classes/{classId}/staff?handler=Agree"] = "requestId={askId}",
        ["POST /classes/{classId}/staff?handler=Decline"] = "requestId={askId}",
        ["POST /admin/guardians"] = "linkId={anyLinkId}",
        ["POST /classes/{classId}/groups?handler=Remove"] = "GroupId={groupId}",
        ["POST /classes/{classId}/joincodes?handler=Revoke"] = "codeId={codeId}",
    };

    /// <summary>What parts of addresses mean that are not objects.</summary>
    public static readonly IReadOnlyDictionary<string, string> Words = new Dictionary<string, string>
    {
        ["linkKey"] = "0",         // of /guardian/in/{linkKey}; whom it lets in, GuardiansTests ask
        ["unsubscribeKey"] = "0",
        ["changeId"] = "0",        // whose change it was, UndoTests ask
        ["code"] = "418",          // of /problem/{code}
        ["number"] = "1",
        ["place"] = "0",
        ["step"] = "0",
        ["path"] = "",             // of the dashboard of the jobs
        ["uploadKey"] = "0",       // whose upload it is, UploadingTests ask
    };

    public static string FormOf(AppEndpoint endpoint) => Forms.GetValueOrDefault(endpoint.ToString(), "");
    public static IEnumerable<string> WordsOf(AppEndpoint endpoint) => Word().Matches(endpoint.Address + FormOf(endpoint)).Select(m => m.Groups[1].Value).Distinct();

    /// <summary>An address or a form with the objects of this world in place of the words; nothing when the world has no such object.</summary>
    public static string? Fill(string text, World world, Variant variant, Actor actor)
    {
        var isWhole = true;
        var filled = Word().Replace(text, m =>
        {
            if (Words.TryGetValue(m.Groups[1].Value, out var word)) return word;
            if (world.Find(m.Groups[1].Value, variant, actor) is { } found) return found;
            isWhole = false;
            return "";
        });
        return isWhole ? filled : null;
    }

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Word();
}
