package cloud.bevy.doors.opensearch;

import cloud.bevy.services.search.JsonTree;

/// `POST /{index}/_update_by_query`: writes what a query finds again, as it is: each document gets
/// a later version. Scripts are not carried out.
final class UpdateByQuery implements Operation {
  @Override
  public Answer run(Call call) {
    if (JsonTree.object(call.body()).containsKey("script")) {
      throw Refused.illegal("scripts are not carried out: use [_bulk] with [update]");
    }
    return new ByQuery(call, "updated", found -> found).run(false);
  }
}
