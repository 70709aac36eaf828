using System.Security.Cryptography;
using System.Text;
using ClassHub.Media;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace ClassHub.Web.Ui;

/// <summary>Answers to work that waited on a device (js/device/waiting.js). It lets go of the work only when these hashes are those of what it holds.</summary>
public static class FromDevice
{
    public static bool IsFromDevice(this HttpRequest request) => request.Headers["X-Requested-With"] == "device";

    /// <param name="files">As they are on the server's disk.</param>
    public static JsonResult Taken(this PageModel page, IEnumerable<StoredFile> files, string? address = null, string? receipt = null, int? version = null) => new(new
    {
        // As it came, not as it was bound; only line ends are sent in a form's own way.
        text = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(page.Request.Form["Text"].ToString().Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n')))),
        files = files.Select(f => f.Sha256),
        address,
        receipt,
        version,
    });

    public static JsonResult NotTaken(this PageModel page, int status) =>
        new(new { message = page.ModelState.Values.SelectMany(v => v.Errors).First().ErrorMessage }) { StatusCode = status };
}
