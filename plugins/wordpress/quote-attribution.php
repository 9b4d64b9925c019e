<?php
/**
 * Plugin Name:       Quote Attribution
 * Description:       Shows in the editor who says what in an article, warns of quotations without a speaker, and tells search engines.
 * Version:           0.1.0
 * Requires at least: 6.1
 * Requires PHP:      7.2
 * License:           MIT
 * License URI:       https://opensource.org/license/mit
 * Text Domain:       quote-attribution
 * Domain Path:       /languages
 *
 * @package Quote_Attribution
 */

namespace Quote_Attribution;

defined( 'ABSPATH' ) || exit;

const VERSION = '0.1.0';
const FILE    = __FILE__;

require_once __DIR__ . '/includes/class-settings.php';
require_once __DIR__ . '/includes/class-settings-page.php';
require_once __DIR__ . '/includes/class-service.php';
require_once __DIR__ . '/includes/class-proxy.php';
require_once __DIR__ . '/includes/class-editor.php';
require_once __DIR__ . '/includes/class-publication.php';

add_action(
	'init',
	function () {
		load_plugin_textdomain( 'quote-attribution', false, dirname( plugin_basename( FILE ) ) . '/languages' );
	}
);
Settings_Page::register();
Proxy::register();
Editor::register();
Publication::register();
