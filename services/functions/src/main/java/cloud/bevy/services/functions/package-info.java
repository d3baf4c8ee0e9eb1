@NullMarked
package cloud.bevy.services.functions;

import org.jspecify.annotations.NullMarked;
