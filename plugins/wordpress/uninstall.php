<?php
/**
 * Leaves nothing behind: settings and what was stored with posts.
 *
 * @package Quote_Attribution
 */

defined( 'WP_UNINSTALL_PLUGIN' ) || exit;

delete_option( 'quote_attribution' );
delete_transient( 'quote_attribution_busy_until' );
delete_post_meta_by_key( '_quote_attribution' );
wp_unschedule_hook( 'quote_attribution_read' );
