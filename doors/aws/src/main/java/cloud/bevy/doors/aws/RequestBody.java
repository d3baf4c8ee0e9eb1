package cloud.bevy.doors.aws;

import java.io.InputStream;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/// A request's body with its transfer's wrapping taken off and checked as it is read.
///
/// @param length how many bytes `stream` will give, or -1 where nobody knows
/// @param announced the names of the fields that follow the body, in lower case
/// @param trailer the fields that followed the body, once it has been read
record RequestBody(
    InputStream stream,
    long length,
    Set<String> announced,
    Supplier<Map<String, String>> trailer) {}
